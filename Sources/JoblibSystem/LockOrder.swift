internal import CJoblibSystem

/// Tells ThreadSanitizer what a lock means; does nothing in a program built without it.
package enum LockOrder {
    @inline(__always)
    package static func begins(_ lock: UnsafeRawPointer) {
        unsafe joblib_tsan_acquire(lock)
    }

    @inline(__always)
    package static func ends(_ lock: UnsafeRawPointer) {
        unsafe joblib_tsan_release(lock)
    }
}
