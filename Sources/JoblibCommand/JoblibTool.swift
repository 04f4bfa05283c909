import ArgumentParser

/// The command `joblib`: what the library does, for people who write no Swift.
@main
struct JoblibTool: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "joblib",
        abstract: "Runs work in parallel, keeps results, and shows what is in files.",
        version: "0.1.0",
        subcommands: []
    )
}
