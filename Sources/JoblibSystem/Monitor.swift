internal import CJoblibSystem

/// A lock that can be waited on.
@safe
package final class Monitor: Sendable {
    // The C object has its own synchronisation and lives exactly as long as this one.
    private nonisolated(unsafe) let raw: OpaquePointer

    package init() {
        unsafe raw = joblib_monitor_create()
    }

    deinit {
        unsafe joblib_monitor_destroy(raw)
    }

    /// Runs `body` with the lock held.
    package func withLock<R>(_ body: () throws -> R) rethrows -> R {
        unsafe joblib_monitor_lock(raw)
        defer { unsafe joblib_monitor_unlock(raw) }
        return try body()
    }

    /// Gives the lock up, waits for a signal, takes the lock again; may return without a signal.
    package func wait() {
        unsafe joblib_monitor_wait(raw)
    }

    /// As ``wait()``, until `deadline` on ``MonotonicClock``; false when it passed.
    package func wait(until deadline: UInt64) -> Bool {
        unsafe joblib_monitor_wait_until(raw, deadline)
    }

    package func signal() {
        unsafe joblib_monitor_signal(raw)
    }

    package func broadcast() {
        unsafe joblib_monitor_broadcast(raw)
    }
}
