/// A value being read: the decoder that its `init(from:)` gets, and the state that all containers of the value share.
final class ValueReader: Decoder {
    let reader: Reader
    let parent: ValueReader?
    /// The step from the parent's value; nil for a value that is its parent's only content.
    let step: PathComponent?
    let start: Int
    let depth: Int

    // What changes with each part is unchecked, as nothing is called while it is looked at that could change it: checking
    // that accesses do not overlap would take a tenth of the time.

    /// The first byte after the value, once that is known.
    @safe @exclusivity(unchecked) var end: Int?

    /// In a container with keys: the pair to be read next. Pairs are usually read in the order they were written.
    @safe @exclusivity(unchecked) var cursor: Int?
    /// The value of the pair at `cursor`, if that was asked for.
    @safe @exclusivity(unchecked) var pairValue = -1
    /// All pairs, once one was asked for out of turn.
    var index: KeyIndex?

    /// In a container without keys: how far it was read.
    @safe @exclusivity(unchecked) var furthest: (element: Int, count: Int, position: Int)?

    /// Numbers of this value that were written anew to be read one by one.
    var owned: [OwnedReader] = []

    init(_ reader: Reader, parent: ValueReader?, step: PathComponent?, start: Int, depth: Int) {
        self.reader = reader
        self.parent = parent
        self.step = step
        self.start = start
        self.depth = depth
    }

    var path: [PathComponent] {
        var path: [PathComponent] = []
        var value: ValueReader? = self
        while let current = value {
            if let step = current.step { path.append(step) }
            value = current.parent
        }
        return path.reversed()
    }

    var codingPath: [any CodingKey] { path.map { PathKey($0) } }
    var userInfo: [CodingUserInfoKey: Any] { reader.userInfo }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        try openKeyed()
        return KeyedDecodingContainer(KeyedReader(self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try openUnkeyed() }
    func singleValueContainer() throws -> any SingleValueDecodingContainer { SingleValueReader(self) }

    /// The error that says where and why reading failed.
    func failure(_ problem: ReadProblem, _ type: Any.Type, _ step: PathComponent? = nil) -> DecodingError {
        let context = DecodingError.Context(
            codingPath: (path + (step.map { [$0] } ?? [])).map { PathKey($0) },
            debugDescription: problem.reason,
            underlyingError: problem
        )
        return switch problem.kind {
        case .mismatch: .typeMismatch(type, context)
        case .missing: .valueNotFound(type, context)
        default: .dataCorrupted(context)
        }
    }

    /// Reads with `body`, and says where if that fails.
    @inline(__always)
    func reading<R>(
        _ type: Any.Type,
        _ step: PathComponent? = nil,
        _ body: () throws(ReadProblem) -> R
    ) throws -> R {
        do {
            return try body()
        } catch {
            throw failure(error, type, step)
        }
    }

    /// Finds out where the value ends.
    func finish() throws -> Int {
        if let end { return end }
        let end = try reading(Any.self) { () throws(ReadProblem) -> Int in
            var position = start
            if let cursor {
                position = cursor
                try reader.skipEntries(&position, depth: depth)
            } else if let furthest {
                position = furthest.position
                for _ in furthest.element..<furthest.count { try reader.skip(&position, depth: depth + 1) }
            } else {
                try reader.skip(&position, depth: depth)
            }
            return position
        }
        self.end = end
        return end
    }
}
