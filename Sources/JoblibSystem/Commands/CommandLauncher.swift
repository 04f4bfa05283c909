internal import CJoblibSystem

/// Starts commands of users, quickly and many, and sees that none outlives this process.
///
/// ``ChildProcess`` is for workers: few, which are given descriptors and an environment. Here a start is one system
/// call that copies no page tables (as `posix_spawn`, which is slower by a thread change and some thirty calls a
/// child), and the environment is ours as it stands. One launcher at a time, on one thread.
package final class CommandLauncher {
    /// The commands' standard input.
    private let null: FileDescriptor

    /// - Parameters:
    ///   - slots: How many commands may run at once.
    /// - Throws: `SystemError` when there is no memory, process or descriptor left.
    package init(slots: Int) throws(SystemError) {
        null = FileDescriptor(owning: SystemCall.openNull(), naming: "/dev/null")
        guard null.number >= 0 else { throw SystemError(code: -null.number, operation: "open", path: "/dev/null") }
        let code = joblib_command_prepare(slots)
        guard code == 0 else { throw SystemError(code: code, operation: "start", path: "the guard") }
    }

    deinit { joblib_command_guard_end() }

    /// Why commands cannot get a niceness that is added to ours; nil if they can.
    package static func refusal(niceness: Int) -> SystemError? {
        let code = joblib_command_check_niceness(Int32(clamping: niceness))
        return code == 0 ? nil : SystemError(code: code, operation: "change", path: "niceness")
    }

    /// Starts a command in a process group of its own, with nothing to read, and pipes for its output and errors.
    ///
    /// Files in memory in the place of pipes were no quicker, and a descendant that writes late would spoil the next one's.
    ///
    /// - Parameters:
    ///   - request: What to run.
    ///   - slot: From 0; no other command that runs may have it.
    /// - Throws: `SystemError` naming the command: a zero byte in an argument, no processes or descriptors left. What is wrong with the
    ///   file is told by ``RunningCommand/startFailure``.
    package func start(_ request: CommandRequest, slot: Int) throws(SystemError) -> RunningCommand {
        var handle = joblib_command_handle()
        guard let texts = Self.texts([request.path] + request.arguments) else {
            throw Self.failure(SystemCall.invalid, request)
        }
        // Safe: the call copies the texts, each of which ends with a zero; the environment is the process's own.
        let code = unsafe texts.withUnsafeBufferPointer { texts in
            unsafe texts.withMemoryRebound(to: CChar.self) { texts in
                var command = unsafe joblib_command()
                unsafe command.texts = texts.baseAddress
                unsafe command.length = texts.count
                unsafe command.count = request.arguments.count + 1
                unsafe command.environment = joblib_environment()
                unsafe command.input = null.number
                unsafe command.niceness = Int32(clamping: request.niceness)
                unsafe command.slot = slot
                return unsafe joblib_command_start(&command, &handle)
            }
        }
        guard code == 0 else { throw Self.failure(code, request) }
        let output = SharedDescriptor(owning: handle.output, naming: "a command's output")
        let errors = SharedDescriptor(owning: handle.error, naming: "a command's errors")
        do throws(SystemError) {
            let ending =
                handle.ending >= 0
                ? SharedDescriptor(owning: handle.ending, naming: "a process")
                : try ProcessEnding.descriptor(of: handle.process)
            return RunningCommand(
                process: handle.process,
                ending: ending,
                output: output,
                errors: errors,
                slot: slot,
                name: String(decoding: request.path, as: UTF8.self)
            )
        } catch {
            // Nobody would learn of its end.
            _ = joblib_signal_group(handle.process, Signal.killNumber)
            _ = ProcessEnding.wait(for: handle.process, block: true, keep: false)
            joblib_command_forget(slot)
            throw Self.failure(error.code, request)
        }
    }

    private static func failure(_ code: Int32, _ request: CommandRequest) -> SystemError {
        SystemError(code: code, operation: "start", path: String(decoding: request.path, as: UTF8.self))
    }

    /// One behind the other, each with a zero; nil if there is a zero in one, which would end it where it stands.
    private static func texts(_ texts: [[UInt8]]) -> [UInt8]? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(texts.reduce(0) { $0 + $1.count + 1 })
        for text in texts {
            if text.contains(0) { return nil }
            bytes += text
            bytes.append(0)
        }
        return bytes
    }
}
