internal import CJoblibSystem

/// A command that ``CommandLauncher`` has started.
package final class RunningCommand {
    /// The process number, which is the number of its process group, too.
    package let process: Int32
    /// Readable when the command has ended; descendants of it may still run.
    package let ending: SharedDescriptor
    /// Its standard output; never waits.
    package let output: SharedDescriptor
    /// Its standard error; never waits.
    package let errors: SharedDescriptor
    private let slot: Int
    private let name: String
    private var status: ProcessStatus?

    init(
        process: Int32,
        ending: SharedDescriptor,
        output: SharedDescriptor,
        errors: SharedDescriptor,
        slot: Int,
        name: String
    ) {
        self.name = name
        self.process = process
        self.ending = ending
        self.output = output
        self.errors = errors
        self.slot = slot
    }

    /// How it ended; nil while it runs.
    package func exitStatus() -> ProcessStatus? {
        if let status { return status }
        status = ProcessEnding.wait(for: process, block: false, keep: false)
        if status != nil {
            joblib_command_forget(slot)
            let code = joblib_command_failure(slot)
            if code != 0 { startFailure = SystemError(code: code, operation: "start", path: name) }
        }
        return status
    }

    /// Why it never became the command, such as no permission; known once it has ended.
    package private(set) var startFailure: SystemError?

    /// Whether it has been stopped since the last look because it wanted something from the terminal.
    package func wantsTerminal() -> Bool {
        status == nil && joblib_command_wants_terminal(process)
    }

    /// Sends a signal to the command and what it has started; nothing happens once it has been waited for.
    package func send(_ signal: Signal) {
        // Its group's number cannot be another's as long as it has not been waited for.
        guard status == nil else { return }
        _ = joblib_signal_group(process, SystemCall.number(of: signal))
    }
}
