import JoblibSystem

/// Programs for the tests of the cache that need another process, and what measures it: the first argument says which.
@main
enum JoblibMemoryCases {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch arguments.first {
        case "crowd" where arguments.count == 4: try Crowd.run(arguments[1], calls: arguments[2], seed: arguments[3])
        case "measure":
            try Measurements.run(in: arguments.dropFirst().first ?? "/tmp", only: arguments.dropFirst(2).first)
        default:
            StandardError.write("usage: crowd DIRECTORY CALLS SEED | measure [DIRECTORY [hashes|hits|arrays|limits]]\n")
        }
    }
}
