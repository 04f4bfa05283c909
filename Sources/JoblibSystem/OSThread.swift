internal import CJoblibSystem

/// Threads of our own, with normal stacks.
///
/// Swift's cooperative pool has one thread a processor: tasks that block there wait for each other, and a deep recursion
/// meets a 512 KiB stack.
package enum OSThread {
    /// 8 MiB, what a main thread has on Linux and macOS; only touched pages cost memory.
    package static let stackSize = 8 << 20

    /// Starts a detached thread.
    ///
    /// - Returns: 0, or the errno that says why there is no thread (`EAGAIN`: too many of them).
    package static func start(name: String, _ body: @escaping @Sendable () -> Void) -> Int32 {
        let boxed = unsafe Unmanaged.passRetained(Body(body))
        // The thread takes the reference over; it is given back here when no thread came to be.
        let error = unsafe joblib_thread_start(
            name,
            stackSize,
            { context in
                guard let context = unsafe context else { return }
                unsafe Unmanaged<Body>.fromOpaque(context).takeRetainedValue().call()
            },
            boxed.toOpaque()
        )
        if error != 0 { unsafe boxed.release() }
        return error
    }

    private final class Body: Sendable {
        let call: @Sendable () -> Void
        init(_ call: @escaping @Sendable () -> Void) { self.call = call }
    }
}
