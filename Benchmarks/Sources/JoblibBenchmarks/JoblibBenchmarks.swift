/// `JoblibBenchmarks` answers the driver on standard input; `JoblibBenchmarks stream COUNT` is the child process whose
/// peak memory the driver reads.
@main
enum JoblibBenchmarks {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let command = arguments.first else {
            try Server(variants: Variant.all).run()
            return
        }
        guard command == "stream", let count = arguments.last.flatMap({ Int($0) }), count >= 0 else {
            print("usage: JoblibBenchmarks [stream COUNT]")
            return
        }
        let sample = try StreamedInput.sample(count: count)
        print(sample.line(for: "stream"))
    }
}
