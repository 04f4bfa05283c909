internal import JoblibCoding
internal import JoblibSystem

/// The segments that the other process has sent over its socket, where messages of the rings name them.
///
/// A segment is sent before the message that names it, so that waiting for it never takes long.
final class SegmentInbox: Sendable {
    private struct State {
        var memories: [UInt64: SharedMemory] = [:]
        /// Arrays in place, by number.
        var arrays: [UInt64: any Sendable] = [:]
        var lastReceived: UInt64 = 0
    }

    private let socket: FrameSocket
    /// Segments are needed once; otherwise they stay until ``drop(_:)``.
    private let takesOnce: Bool
    private let state = Lock(State())
    /// Held while one thread waits for what another may be about to take from the socket.
    private let receiving = Lock(())

    init(_ socket: FrameSocket, takesOnce: Bool) {
        self.socket = socket
        self.takesOnce = takesOnce
    }

    /// How many segments it holds.
    var count: Int { state.withLock { $0.memories.count } }

    /// Forgets segments; arrays that somebody has kept stay readable.
    func drop(_ numbers: [UInt64]) {
        // One that nobody has asked for is in the socket: it was sent before this was.
        for number in numbers where !hasTaken(number) { _ = try? memory(number, until: 0) }
        let dropped = state.withLock { state in
            (
                numbers.map { state.memories.removeValue(forKey: $0) },
                numbers.map { state.arrays.removeValue(forKey: $0) }
            )
        }
        withExtendedLifetime(dropped) {}
    }

    /// The first bytes of a segment.
    func bytes(of number: UInt64, count: Int) throws -> [UInt8] {
        let memory = try awaited(number)
        guard count >= 0, count <= memory.byteCount else { throw SegmentProblem.wrongSize }
        let mapping = try memory.map(.readOnly, byteCount: count)
        return unsafe mapping.withBytes { unsafe Array($0) }
    }

    /// A segment as an array on its pages.
    func array<Element: RawElement>(
        of number: UInt64,
        _ type: Element.Type,
        count: Int
    ) throws -> [Element] {
        if let known = state.withLock({ $0.arrays[number] }) as? MappedArray<Element>, known.array.count == count {
            return known.array
        }
        let mapped = try MappedArray<Element>(try awaited(number), count: count)
        if !takesOnce { state.withLock { $0.arrays[number] = mapped } }
        return mapped.array
    }

    private func awaited(_ number: UInt64) throws -> SharedMemory {
        // The other process has sent it before it named it; when it died meanwhile, the socket says so.
        try memory(number, until: MonotonicClock.now &+ 10_000_000_000)
    }

    private func memory(_ number: UInt64, until deadline: UInt64) throws -> SharedMemory {
        while true {
            let known = state.withLock { state in
                takesOnce ? state.memories.removeValue(forKey: number) : state.memories[number]
            }
            if let known { return known }
            try receiving.withLock { _ in
                // Another thread may have received it since.
                if state.withLock({ $0.memories[number] == nil }) { try receive(until: deadline) }
            }
        }
    }

    /// True of one that is needed once, and has been received: a worker sends them in the order of their numbers.
    private func hasTaken(_ number: UInt64) -> Bool {
        takesOnce && state.withLock { number <= $0.lastReceived }
    }

    /// Takes the next segment from the socket.
    private func receive(until deadline: UInt64) throws {
        guard case .frame(let frame) = try socket.receive(until: deadline) else { throw SegmentProblem.missing }
        guard let number = Segment.number(frame.bytes), let descriptor = frame.descriptors.first else {
            throw SegmentProblem.missing
        }
        // The sender is this same program, and has sealed what lies in memory.
        let memory = try SharedMemory(adopting: descriptor, trusted: true)
        state.withLock { state in
            state.memories[number] = memory
            state.lastReceived = max(state.lastReceived, number)
        }
    }
}

/// A message that names a segment which is not there, or is not what the message says.
enum SegmentProblem: Error, CustomStringConvertible {
    case missing
    case wrongSize
    case noRoom

    var description: String {
        switch self {
        case .missing: "the shared memory that the message names has not arrived"
        case .wrongSize: "the shared memory that the message names has another size"
        case .noRoom: "there is no shared memory for it, and it is too long to go without"
        }
    }
}
