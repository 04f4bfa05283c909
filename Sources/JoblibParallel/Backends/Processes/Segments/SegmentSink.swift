internal import JoblibCoding
internal import JoblibSystem

/// Takes the big arrays out of a message to the workers.
final class SegmentSink: ArraySink {
    let threshold: Int
    /// How many arrays travel beside one message; those beyond stay in it.
    static let mostArrays = 32

    /// Those that the message names.
    private(set) var segments: [Segment] = []
    private let store: SegmentStore
    private let run: Int
    private let directory: String?
    private let isForAll: Bool

    init(_ store: SegmentStore, run: Int, threshold: Int?, directory: String?, isForAll: Bool = false) {
        self.store = store
        self.run = run
        self.threshold = threshold ?? .max
        self.directory = directory
        self.isForAll = isForAll
    }

    func take<Element: RawElement>(_ array: [Element]) throws -> ArrayHandle? {
        // Each takes a descriptor of both processes, and must fit into the socket before the message that names it.
        guard segments.count < Self.mostArrays, store.count < SegmentStore.mostSegments else { return nil }
        let segment = try store.segment(of: array, run: run, directory: directory, isForAll: isForAll)
        segments.append(segment)
        return ArrayHandle(bytes: segment.handle)
    }

    /// The message itself, beside the ring when it is long.
    func payload(_ bytes: [UInt8]) throws -> Payload {
        if bytes.count <= Payload.inlineLimit { return .inline(bytes) }
        let segment = try store.segment(of: bytes, run: run, directory: directory)
        segments.append(segment)
        return .segment(segment.number, count: bytes.count)
    }
}
