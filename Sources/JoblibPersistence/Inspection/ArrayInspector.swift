internal import JoblibSystem

/// Summarises the arrays of a file, without keeping them.
///
/// Of a large array that lies in the file as it is, a sample is read unless all is asked for. What comes out of a
/// decompressor has to be read anyway.
final class ArrayInspector {
    /// Larger arrays are sampled.
    private static let wholeUpTo = 64 << 20
    private static let sampleCount = 256
    private static let sampleBytes = 64 << 10
    /// How much is read at once.
    private static let piece = 1 << 20

    let readsAll: Bool
    /// Gets the numbers of the array with this number.
    private let plot: (ordinal: Int, collector: ArrayPlotCollector)?
    private var ordinal = 0
    /// Whether joblib's stand-ins for arrays were seen.
    var hasWrappers = false

    init(readsAll: Bool, plot: (ordinal: Int, collector: ArrayPlotCollector)? = nil) {
        self.readsAll = readsAll
        self.plot = plot
    }

    /// Summarises the array whose bytes come next.
    func summary(of layout: NumPyLayout, from input: PickleInput, canMap: Bool = false) throws -> ArraySummary {
        let byteCount = (NDArray<UInt8>.count(of: layout.shape) ?? 0) * layout.type.itemSize
        if let place = try input.skip(byteCount) {
            let isInPlace = canMap && layout.type.isNative && layout.isCOrder
            return try summary(of: layout, in: place.file, at: place.offset, isInPlace: isInPlace)
        }
        return try unsafe summary(of: layout) { try unsafe input.fill($0) }
    }

    /// Summarises an array in a file.
    ///
    /// - Parameter isInPlace: Whether it can be mapped where it is.
    func summary(
        of layout: NumPyLayout,
        in file: FileReader,
        at offset: Int,
        isInPlace: Bool
    ) throws -> ArraySummary {
        var reading = ArrayPass(layout, ordinal: next(), plot: plot)
        if isInPlace { reading.summary.offset = offset }
        let size = layout.type.itemSize
        guard size > 0, reading.count > 0 else { return reading.finished() }
        func bytes(of elements: Range<Int>) throws -> [UInt8] {
            let count = elements.count * size
            var bytes = [UInt8](repeating: 0, count: count)
            // Safe: the reader fills no more than the array.
            let done = try unsafe bytes.withUnsafeMutableBytes {
                try unsafe file.read(into: $0, at: offset + elements.lowerBound * size)
            }
            guard done == count else { throw PickleProblem.damaged("it became shorter while it was read") }
            return bytes
        }
        for range in ranges(reading) {
            let bytes = try bytes(of: range)
            // Safe: the bytes are only read, while the array holds them.
            unsafe bytes.withUnsafeBytes { unsafe reading.add($0, at: range.lowerBound) }
        }
        // Those that were not in the sample.
        for place in reading.missing {
            let bytes = try bytes(of: place..<place + 1)
            unsafe bytes.withUnsafeBytes { unsafe reading.addFirst($0, at: place) }
        }
        return reading.finished()
    }

    /// Summarises an array whose bytes come one after the other.
    func summary(of layout: NumPyLayout, from source: NumPyLayout.Source) throws -> ArraySummary {
        var reading = ArrayPass(layout, ordinal: next(), plot: plot)
        let size = layout.type.itemSize
        guard size > 0, reading.count > 0 else { return reading.finished() }
        let step = max(1, Self.piece / size)
        var bytes = [UInt8](repeating: 0, count: min(step, reading.count) * size)
        var place = 0
        while place < reading.count {
            let count = min(step, reading.count - place)
            // Safe: the source fills the part of the buffer that is read then.
            try unsafe bytes.withUnsafeMutableBytes { buffer in
                let part = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<(count * size)])
                try unsafe source(part)
                unsafe reading.add(UnsafeRawBufferPointer(part), at: place)
            }
            place += count
        }
        return reading.finished()
    }

    private func next() -> Int {
        ordinal += 1
        return ordinal - 1
    }

    /// Which elements are read, in pieces.
    private func ranges(_ reading: ArrayPass) -> [Range<Int>] {
        let (count, size) = (reading.count, reading.layout.type.itemSize)
        // Nothing is added up of what are no numbers.
        guard reading.layout.type.isNumber else { return [] }
        let step = max(1, Self.piece / size)
        if readsAll || count * size <= Self.wholeUpTo {
            return stride(from: 0, to: count, by: step).map { $0..<min($0 + step, count) }
        }
        if let ranges = reading.collector?.sample(elementSize: size) { return ranges }
        let length = max(1, Self.sampleBytes / size)
        return (0..<Self.sampleCount).map { number in
            // Evenly from the first element to the last.
            let place = (count - length) / (Self.sampleCount - 1) * number
            return place..<place + length
        }
    }
}
