internal import JoblibSystem
internal import Synchronization

/// A value behind a lock.
///
/// In this module, so that the compiler specialises it for what it holds; a call of a microsecond takes a dozen locks.
/// `Synchronization.Mutex`, with its order told to ThreadSanitizer, which does not see into the Mutex of Linux and would
/// report every access under it as a race.
package struct Lock<Value>: ~Copyable, Sendable {
    private let mutex: Mutex<Value>

    package init(_ value: sending Value) {
        mutex = Mutex(value)
    }

    /// Runs `body` with the lock held.
    @inline(__always)
    package borrowing func withLock<R, E: Error>(
        _ body: (inout sending Value) throws(E) -> sending R
    ) throws(E) -> sending R {
        try mutex.withLock { value throws(E) in
            // A Mutex has an address of its own, which tells this lock from all others.
            let address = unsafe withUnsafePointer(to: self) { unsafe UnsafeRawPointer($0) }
            unsafe LockOrder.begins(address)
            defer { unsafe LockOrder.ends(address) }
            return try body(&value)
        }
    }

    /// As ``withLock(_:)``, unless somebody else holds the lock: then `nil`, at once.
    package borrowing func withLockIfAvailable<R, E: Error>(
        _ body: (inout sending Value) throws(E) -> sending R
    ) throws(E) -> sending R? {
        try mutex.withLockIfAvailable { value throws(E) in
            let address = unsafe withUnsafePointer(to: self) { unsafe UnsafeRawPointer($0) }
            unsafe LockOrder.begins(address)
            defer { unsafe LockOrder.ends(address) }
            return try body(&value)
        }
    }
}
