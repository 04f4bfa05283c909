internal import Joblib
internal import JoblibParallel
internal import JoblibPersistence
internal import JoblibSystem

/// A picture of an array in a file: a heat map of a matrix, a histogram of any other.
struct ArrayPlot {
    /// A picture has about so many bars or cells: more could not be told apart.
    static let bars = 60
    static let cells = 200

    let array: ArraySummary
    let title: String
    private let collector: ArrayPlotCollector

    /// Reads the array of a selection once more.
    ///
    /// - Throws: `CommandFailure` when there is no array of numbers, or more than one.
    init(_ selection: InspectSelection, readsAll: Bool) throws {
        let arrays = Self.arrays(in: selection.value, at: selection.steps)
        guard let (steps, array) = arrays.first else {
            throw CommandFailure.failed("There is no array of numbers to plot in \(selection.file.path).")
        }
        guard arrays.count == 1 else {
            let names = arrays.prefix(12).map { InspectedStep.text(of: $0.0) }.joined(separator: ", ")
            throw CommandFailure.failed("Which array is to be plotted? Choose with --select: \(names)…")
        }
        self.array = array
        let name = selection.file.path.split(separator: "/").last.map(String.init) ?? selection.file.path
        title = steps.isEmpty ? name : "\(name): \(InspectedStep.text(of: steps))"
        collector = ArrayPlotCollector(Self.form(of: array))
        _ = try FileInspection(selection.file.path, readsAll: readsAll, plot: (array.ordinal, collector))
    }

    func write(to path: String) throws {
        do {
            try FileOutput.writeAtomically(svg, to: path)
        } catch {
            throw JoblibError.cannotWriteFile(path, what: "The plot", cause: error)
        }
    }

    var svg: String {
        switch collector.form {
        case .histogram(let range, _): HistogramPicture(self, range, collector.counts).svg
        case .matrix(_, _, _, let rows, let columns):
            HeatMapPicture(self, rows: rows, columns: columns, sums: collector.sums, counts: collector.counts).svg
        }
    }

    /// What the numbers are, in lines that are no longer than `width`.
    func notes(_ more: [String] = [], width: Double) -> [String] {
        var facts = ["\(array.type.name) \(ArrayText(array).shape)"]
        if let statistics = array.statistics {
            facts += ArrayText(array).range.map { "\($0) \($1)" }
            if statistics.nanCount > 0 { facts.append("\(HumanText.count(statistics.nanCount)) NaN left out") }
            if statistics.infiniteCount > 0 {
                facts.append("\(HumanText.count(statistics.infiniteCount)) infinite left out")
            }
            if statistics.examined < array.count {
                facts.append("a sample of \(HumanText.count(statistics.examined))")
            }
        }
        var lines: [String] = []
        for fact in facts + more {
            let longer = lines.last.map { "\($0) · \(fact)" } ?? fact
            if !lines.isEmpty, SVGTheme.width(of: longer, size: 14) <= width - 48 {
                lines[lines.count - 1] = longer
            } else {
                lines.append(fact)
            }
        }
        return lines
    }

    private static func arrays(
        in value: InspectedValue,
        at steps: [InspectedStep]
    ) -> [([InspectedStep], ArraySummary)] {
        if case .array(let array) = value.kind {
            return array.statistics?.minimum == nil ? [] : [(steps, array)]
        }
        // A look at the first ones: who has more must choose anyway.
        return (0..<min(value.count, 100)).flatMap { index -> [([InspectedStep], ArraySummary)] in
            let (step, part) = value.part(index)
            guard case .array = part.kind else { return [] }
            return arrays(in: part, at: steps + [step])
        }
    }

    private static func form(of array: ArraySummary) -> ArrayPlotCollector.Form {
        if array.shape.count == 2, array.shape.allSatisfy({ $0 > 1 }) {
            return .matrix(
                rows: array.shape[0],
                columns: array.shape[1],
                isFortranOrder: array.isFortranOrder,
                cellRows: min(array.shape[0], cells),
                cellColumns: min(array.shape[1], cells)
            )
        }
        let least = double(array.statistics?.minimum)
        let greatest = double(array.statistics?.maximum)
        let isWhole = array.type.kind == .integer || array.type.kind == .unsigned || array.type.kind == .boolean
        // A bar for each whole number, if there are few.
        if isWhole, greatest - least < Double(bars), least.magnitude < 0x1p52 {
            return .histogram(least - 0.5...greatest + 0.5, bins: Int(greatest - least) + 1)
        }
        guard least < greatest else {
            let half = max(least.magnitude * 0.5, 0.5)
            return .histogram(least - half...least + half, bins: 1)
        }
        return .histogram(least...greatest, bins: bars)
    }

    private static func double(_ number: NumPyNumber?) -> Double {
        switch number {
        case .boolean(let value): value ? 1 : 0
        case .integer(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .real(let value): value
        case nil: 0
        }
    }
}
