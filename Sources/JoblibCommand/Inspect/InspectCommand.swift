import ArgumentParser
internal import Joblib
internal import JoblibPersistence
internal import JoblibSystem

/// `joblib inspect`: what is in files of values and arrays.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Shows what is in joblib, pickle, .npy and .npz files.",
        discussion: """
            Nothing in a file is run, and arrays are not kept in memory: of those of more than 64 MiB, minimum, maximum and \
            mean are those of a sample unless --full is given. Infinities and NaN do not count for them.

            A part is named as the tree shows it: layers[0].weights, ['a key'].mean, or layers.0.weights. The arguments \
            that an object was made from are (0), (1) and so on.
            """
    )

    @Argument(help: ArgumentHelp("What to look at.", valueName: "file"), completion: .file())
    var files: [String]

    @Option(name: .shortAndLong, help: ArgumentHelp("Show this part only.", valueName: "path"))
    var select: String?

    @Option(help: ArgumentHelp("Show so many levels.", valueName: "count"))
    var depth = 8

    @Option(help: ArgumentHelp("Show so many parts of each list, dictionary and object.", valueName: "count"))
    var items = 40

    @Flag(help: "Look at all elements of large arrays.")
    var full = false

    @Flag(help: "Print JSON, for programs.")
    var json = false

    @Option(
        help: ArgumentHelp("Draw the array: a heat map of a matrix, a histogram of others.", valueName: "file.svg"),
        completion: .file(extensions: ["svg"])
    )
    var plot: String?

    /// Each level is a call within the last.
    private static let deepest = 1000

    func validate() throws {
        if files.isEmpty { throw ValidationError("Name a file.") }
        guard depth >= 0, depth <= Self.deepest, items >= 0 else {
            throw ValidationError("--depth goes from 0 to \(Self.deepest), and --items must not be negative.")
        }
        if let plot, !plot.hasSuffix(".svg") {
            throw ValidationError("--plot \(plot): the picture is SVG, and its name ends with .svg.")
        }
        if plot != nil, files.count > 1 { throw ValidationError("--plot draws an array of one file.") }
        if let select, InspectedStep.steps(of: select) == nil {
            throw ValidationError("--select '\(select)' is no path. Write it as the tree does: layers[0].weights")
        }
    }

    func run() throws {
        var results: [JSONValue] = []
        var hasFailed = false
        for (number, file) in files.enumerated() {
            do {
                let selection = try InspectSelection(FileInspection(file, readsAll: full), select)
                if json {
                    results.append(InspectJSON(depth: depth, items: items).file(selection))
                } else {
                    let report = InspectReport(depth: depth, items: items, style: .output)
                    let lines = report.lines(selection, width: Terminal.columns(StandardOutput.descriptor))
                    let gap = number > 0 ? "\n" : ""
                    try StandardOutput.write(gap + lines.joined(separator: "\n") + "\n")
                }
                if let plot { try ArrayPlot(selection, readsAll: full).write(to: plot) }
            } catch let error as JoblibError {
                hasFailed = true
                StandardError.write("Error: \(error)\n")
                results.append(.object([("file", .string(file)), ("error", .string("\(error)"))]))
            } catch let failure as CommandFailure where files.count > 1 {
                hasFailed = true
                StandardError.write("Error: \(failure)\n")
                results.append(.object([("file", .string(file)), ("error", .string("\(failure)"))]))
            }
        }
        if json { try StandardOutput.write(JSONValue.array(results).text + "\n") }
        if hasFailed { throw ExitCode(CommandExit.failed) }
    }
}
