import ArgumentParser
internal import Joblib
internal import JoblibSystem

/// The command `joblib`: what the library does, for people who write no Swift.
@main
struct JoblibTool: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "joblib",
        abstract: "Runs work in parallel, keeps results, and shows what is in files.",
        discussion: "Exit codes: 0 all done, 1 some of it failed, 2 wrong use, 130 interrupted.",
        version: "0.1.0",
        subcommands: [
            MapCommand.self,
            SpeedupCommand.self,
            CacheCommand.self,
            InspectCommand.self,
            InfoCommand.self,
        ]
    )

    static func main() async {
        do {
            var command = try parseAsRoot(CommandArguments.forParser)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            finish(error)
        }
    }

    /// Says what went wrong and ends the program.
    private static func finish(_ error: any Error) -> Never {
        let code = CommandExit.code(of: error)
        // Help and completion scripts come this way, too.
        let message = CommandExit.isSilent(error) ? "" : fullMessage(for: error)
        if code == CommandExit.done {
            if !message.isEmpty { try? StandardOutput.write(message + "\n") }
        } else {
            StandardOutput.flush()
            if !message.isEmpty { StandardError.write(message + "\n") }
        }
        exit(withError: ExitCode(code))
    }
}
