internal import CJoblibSystem

/// How the end of a child becomes known.
enum ProcessEnding {
    /// A descriptor that becomes readable when a child ends.
    ///
    /// A pidfd where the system has them; otherwise a pipe that a thread closes, which waits for the child without
    /// taking its status.
    static func descriptor(of process: Int32) throws(SystemError) -> SharedDescriptor {
        let descriptor = joblib_process_descriptor(process)
        if descriptor >= 0 { return SharedDescriptor(owning: descriptor, naming: "a process") }
        // Out of descriptors is out of descriptors for a pipe, too. Anything else: an old kernel, or a sandbox.
        if -descriptor == SystemCall.tooManyFiles {
            throw SystemError(code: -descriptor, operation: "watch", path: "a process")
        }
        return try pipe(closedAtEndOf: process)
    }

    /// Waits for a child; nil when it runs.
    ///
    /// - Parameters:
    ///   - process: A child of ours.
    ///   - block: Until it has ended.
    ///   - keep: It can be waited for again.
    static func wait(for process: Int32, block: Bool, keep: Bool) -> ProcessStatus? {
        var exit = joblib_exit()
        // Safe: the call fills one structure of ours.
        let result = unsafe joblib_wait(process, block, keep, &exit)
        if result == 0 { return nil }
        // No such child: another part of the program waits for all children, or has SIGCHLD ignored.
        if result < 0 { return .unknown }
        return exit.was_signalled ? .signalled(exit.code, coreDumped: exit.dumped_core) : .exited(exit.code)
    }

    private static func pipe(closedAtEndOf process: Int32) throws(SystemError) -> SharedDescriptor {
        let ends = try SystemCall.makePipe()
        let reading = SharedDescriptor(owning: ends.reading, naming: "a process")
        let writing = SharedDescriptor(owning: ends.writing, naming: "a process")
        let code = OSThread.start(name: "joblib-wait") {
            withExtendedLifetime(writing) { _ = wait(for: process, block: true, keep: true) }
        }
        guard code == 0 else { throw SystemError(code: code, operation: "start", path: "a thread") }
        return reading
    }
}
