internal import CJoblibSystem

/// Has a worker process write down where it dies, for its parent: before the signal takes its course.
///
/// The signals of traps and bad pointers (SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS) are handled, stack
/// overflows included, on all threads that ``OSThread`` starts and on those that call ``prepareThread()``. What handled
/// them before, such as a sanitizer, does so afterwards.
package enum CrashReporter {
    /// Variables for a worker's environment: its own handler is faster than the runtime's, and prints nothing.
    package static let environment = ["SWIFT_BACKTRACE": "enable=no"]

    /// Begins in a worker; the thread that calls it is prepared, too. A second call does nothing.
    ///
    /// - Parameter memory: Made by the parent's ``CrashArea``.
    /// - Throws: `SystemError` when it cannot be mapped, or is too small.
    package static func install(_ memory: SharedMemory) throws(SystemError) {
        guard memory.byteCount >= CrashArea.byteCount else {
            throw SystemError(
                code: SystemCall.invalid,
                operation: "write crashes down in \(memory.byteCount) bytes of",
                path: "shared memory"
            )
        }
        let mapping = try memory.map(.readWrite)
        // Safe: the mapping is large enough, aligned to a page, and is never let go of: a crash may come at any time.
        unsafe joblib_crash_install(mapping.mutableBytes?.baseAddress?.assumingMemoryBound(to: joblib_crash_area.self))
        _ = unsafe Unmanaged.passRetained(mapping)
    }

    /// Gives a thread a stack on which a stack overflow can be handled. Does nothing when nothing is installed.
    package static func prepareThread() { joblib_crash_prepare_thread() }

    /// The calling thread runs the task from now on: it is the one that the parent asks about.
    package static func beginTask() {
        joblib_crash_prepare_thread()
        joblib_crash_refresh_images()
        joblib_crash_set_task_thread()
    }

    package static func endTask() { joblib_crash_clear_task_thread() }
}
