internal import Synchronization

/// Two rings between a process and its worker, one each way, in one piece of shared memory.
///
/// For example, in the parent:
///
///     let channel = try FrameChannel.create()
///     try socket.send([], descriptors: [channel.memory.descriptor.number])
///     channel.end(with: try ServiceThread.shared(), when: child.ending, .readable)
///     try channel.writer.send(frame)
///     let answer = try channel.reader.receive()
package final class FrameChannel: Sendable {
    /// What the other process needs.
    package let memory: SharedMemory
    package let writer: FrameRingWriter
    package let reader: FrameRingReader
    private let watches = Mutex<[ServiceThread.Watch]>([])

    /// How often to look before sleeping: about as long as the wake-up that is saved. None where only one processor
    /// could do what is waited for.
    package static func spins(processors: Int) -> Int { processors > 1 ? 2000 : 0 }

    package static let defaultSpins = spins(processors: Processors.available())

    private static let smallestCapacity = 4096

    /// Makes the memory and takes the parent's side.
    ///
    /// - Parameters:
    ///   - capacity: How many bytes are on their way in each direction; rounded up to a power of two, at least 4096.
    ///   - spins: How often to look before sleeping.
    /// - Throws: `SystemError` when there is no memory or no descriptor.
    package static func create(capacity: Int = 1 << 18, spins: Int = defaultSpins) throws(SystemError) -> FrameChannel {
        var rounded = smallestCapacity
        while rounded < min(capacity, 1 << 40) { rounded *= 2 }
        let memory = try SharedMemory.create(byteCount: 2 * (FrameRing.dataOffset + rounded))
        return try FrameChannel(memory, isParent: true, spins: spins)
    }

    /// Takes the worker's side of memory that the parent has sent.
    ///
    /// - Throws: `SystemError` (`EINVAL`) when it is smaller than any that ``create(capacity:spins:)`` makes.
    package convenience init(opening memory: SharedMemory, spins: Int = defaultSpins) throws(SystemError) {
        try self.init(memory, isParent: false, spins: spins)
    }

    init(_ memory: SharedMemory, isParent: Bool, spins: Int) throws(SystemError) {
        // The capacity follows from the size, which is sealed: nothing in the memory itself is asked for it. Rounded
        // down, as Darwin tells the other side the size in whole pages.
        let room = memory.byteCount / 2 - FrameRing.dataOffset
        let capacity = room < Self.smallestCapacity ? 0 : 1 << (Int.bitWidth - 1 - room.leadingZeroBitCount)
        let mapping = try memory.map(.readWrite)
        guard let down = FrameRing(in: mapping, offset: 0, capacity: capacity, spins: spins),
            let up = FrameRing(in: mapping, offset: FrameRing.dataOffset + capacity, capacity: capacity, spins: spins)
        else {
            throw SystemError(code: SystemCall.invalid, operation: "lay rings over", path: "shared memory")
        }
        self.memory = memory
        writer = FrameRingWriter(isParent ? down : up)
        reader = FrameRingReader(isParent ? up : down)
    }

    /// Ends all waiting on this side. What arrived whole can still be received.
    package func end() {
        writer.ring.end()
        reader.ring.end()
    }

    /// Ends all waiting on this side when the other process does.
    ///
    /// - Parameters:
    ///   - thread: Who watches.
    ///   - descriptor: A child's ``ChildProcess/ending`` (`.readable`) or the socket (`.ended`).
    ///   - interest: What to wait for.
    package func end(with thread: ServiceThread, when descriptor: SharedDescriptor, _ interest: Poll.Interest) {
        let (down, up) = (writer.ring, reader.ring)
        // Not `self`: the channel owns the watch.
        let watch = thread.watch(descriptor, interest) {
            down.end()
            up.end()
        }
        watches.withLock { $0.append(watch) }
    }
}
