import ArgumentParser
internal import JoblibSystem

/// `joblib info`: what the library finds on this machine.
struct InfoCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Shows what the library finds on this machine: processors, memory, backends, codecs.",
        discussion: """
            Says which limit decides how many tasks run at a time, whether worker processes start, how arrays are shared, \
            and which compression libraries are there. The keys of --json stay the same from version to version; new \
            ones may be added.
            """
    )

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let report = InfoReport.make()
        let text = json ? report.json.text : report.lines(.output).joined(separator: "\n")
        try StandardOutput.write(text + "\n")
    }
}
