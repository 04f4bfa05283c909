/// Gathers what a picture of an array needs: how often its numbers occur, or the means of parts of a matrix.
package final class ArrayPlotCollector {
    package enum Form: Sendable, Hashable {
        /// How many numbers lie in each of `bins` equal parts of a range.
        case histogram(ClosedRange<Double>, bins: Int)
        /// The mean of each part of a matrix; a matrix that is small enough has a part for each element.
        case matrix(rows: Int, columns: Int, isFortranOrder: Bool, cellRows: Int, cellColumns: Int)
    }

    package let form: Form
    /// Of the histogram's bins, or of the numbers in each cell, row by row.
    package private(set) var counts: [Int]
    /// Of the cells.
    package private(set) var sums: [Double]

    package init(_ form: Form) {
        self.form = form
        switch form {
        case .histogram(_, let bins):
            counts = Array(repeating: 0, count: bins)
            sums = []
        case .matrix(_, _, _, let cellRows, let cellColumns):
            counts = Array(repeating: 0, count: cellRows * cellColumns)
            sums = Array(repeating: 0, count: cellRows * cellColumns)
        }
    }

    /// Adds elements that lie one behind the other in the file, from a place on.
    func add(_ bytes: UnsafeRawBufferPointer, type: NumPyType, at place: Int) {
        guard type.isNumber else { return }
        for (number, offset) in stride(from: 0, through: bytes.count - type.itemSize, by: type.itemSize).enumerated() {
            // Safe: the element lies within the bytes.
            let value = Self.double(unsafe type.number(in: bytes, at: offset))
            if value.isFinite { add(value, at: place + number) }
        }
    }

    private func add(_ value: Double, at place: Int) {
        switch form {
        case .histogram(let range, let bins):
            guard range.contains(value) else { return }
            // Halves, so that no range is too wide.
            let share = (value / 2 - range.lowerBound / 2) / (range.upperBound / 2 - range.lowerBound / 2)
            let bin = share.isFinite ? Int(share * Double(bins)) : 0
            counts[min(max(bin, 0), bins - 1)] += 1
        case .matrix(let rows, let columns, let isFortranOrder, let cellRows, let cellColumns):
            let (row, column) =
                isFortranOrder ? (place % rows, place / rows) : (place / columns, place % columns)
            let cell = row * cellRows / rows * cellColumns + column * cellColumns / columns
            counts[cell] += 1
            sums[cell] += value
        }
    }

    private static func double(_ number: NumPyNumber) -> Double {
        switch number {
        case .boolean(let value): value ? 1 : 0
        case .integer(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .real(let value): value
        }
    }

    /// Which elements to read so that no cell of a large matrix stays empty; nil where any sample will do.
    func sample(elementSize: Int) -> [Range<Int>]? {
        guard case .matrix(let rows, let columns, let isFortranOrder, let cellRows, let cellColumns) = form else {
            return nil
        }
        // As the elements lie in the file: lines of a length.
        let (lines, length) = isFortranOrder ? (columns, rows) : (rows, columns)
        let (cellLines, cells) = isFortranOrder ? (cellColumns, cellRows) : (cellRows, cellColumns)
        var ranges: [Range<Int>] = []
        for cellLine in 0..<cellLines {
            // The line in the middle of the cells.
            let line = (2 * cellLine + 1) * lines / (2 * cellLines)
            if length * elementSize <= 1 << 20 {
                ranges.append(line * length..<(line + 1) * length)
            } else {
                for cell in 0..<cells {
                    let place = line * length + (2 * cell + 1) * length / (2 * cells)
                    ranges.append(place..<min(place + 16, (line + 1) * length))
                }
            }
        }
        return ranges
    }
}
