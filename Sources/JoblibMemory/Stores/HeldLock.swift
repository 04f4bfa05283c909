internal import JoblibSystem
internal import Synchronization

/// A lock between processes that has an owner, who frees it.
final class HeldLock: Sendable {
    private let lock: Mutex<FileLock?>

    private init(_ lock: consuming FileLock) {
        self.lock = Mutex(lock)
    }

    /// Takes the lock of a file; nil when the deadline has passed.
    static func acquire(_ path: String, until deadline: UInt64 = Poll.forever) throws(SystemError) -> HeldLock? {
        guard let lock = try FileLock.acquire(path, until: deadline) else { return nil }
        return HeldLock(lock)
    }

    func release() {
        lock.withLock { $0 = nil }
    }
}
