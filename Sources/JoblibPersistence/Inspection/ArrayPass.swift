/// One array on its way through an ``ArrayInspector``.
struct ArrayPass {
    private static let firstCount = 8
    /// Elements of more bytes are not shown.
    private static let longest = 4096

    let layout: NumPyLayout
    let count: Int
    var summary: ArraySummary
    private var tally: ArrayTally?
    let collector: ArrayPlotCollector?
    /// Where in the file the first elements in C order lie, and which ones they are.
    private var wanted: [Int: Int] = [:]
    private var last = -1
    private var first: [UInt8] = []

    init(_ layout: NumPyLayout, ordinal: Int, plot: (ordinal: Int, collector: ArrayPlotCollector)?) {
        self.layout = layout
        summary = ArraySummary(
            type: layout.type,
            shape: layout.shape,
            isFortranOrder: layout.isFortranOrder,
            ordinal: ordinal
        )
        count = summary.count
        tally = ArrayTally(layout.type)
        collector = plot?.ordinal == ordinal ? plot?.collector : nil
        guard layout.type.itemSize <= Self.longest, layout.type.kind != .object else { return }
        for number in 0..<min(Self.firstCount, count) { wanted[Self.place(of: number, layout)] = number }
        first = [UInt8](repeating: 0, count: wanted.count * layout.type.itemSize)
        last = wanted.keys.max() ?? -1
    }

    /// Where in the file an element lies.
    private static func place(of number: Int, _ layout: NumPyLayout) -> Int {
        if layout.isCOrder { return number }
        var rest = number
        var place = 0
        // The last index runs fastest in C order, the first one in the file.
        var size = layout.shape.reduce(1, *)
        for length in layout.shape.reversed() {
            size /= length
            place += rest % length * size
            rest /= length
        }
        return place
    }

    /// The first elements that did not come along.
    var missing: [Int] { Array(wanted.keys) }

    /// Adds elements that lie one behind the other, from a place on.
    mutating func add(_ bytes: UnsafeRawBufferPointer, at place: Int) {
        unsafe tally?.add(bytes)
        if let collector { unsafe collector.add(bytes, type: layout.type, at: place) }
        guard !wanted.isEmpty, place <= last else { return }
        let size = layout.type.itemSize
        for wantedPlace in wanted.keys where wantedPlace >= place && wantedPlace < place + bytes.count / size {
            let start = (wantedPlace - place) * size
            unsafe addFirst(UnsafeRawBufferPointer(rebasing: bytes[start..<start + size]), at: wantedPlace)
        }
    }

    /// Keeps one of the first elements.
    mutating func addFirst(_ bytes: UnsafeRawBufferPointer, at place: Int) {
        guard let number = wanted.removeValue(forKey: place) else { return }
        let start = number * layout.type.itemSize
        unsafe first.replaceSubrange(start..<start + layout.type.itemSize, with: bytes)
    }

    func finished() -> ArraySummary {
        var summary = summary
        summary.statistics = tally?.statistics
        let count = layout.type.itemSize > 0 ? first.count / layout.type.itemSize : 0
        let part = NumPyLayout(layout.type, shape: [count])
        if count > 0, let reading = try? ArrayReading(part, limits: PickleLimits()),
            let array = try? reading.array(from: PickleInput(MemorySource(first)), mapped: false)
        {
            summary.first = (0..<count).map { array.value(at: $0) }
        }
        return summary
    }
}
