import BenchmarkServing

/// `JoblibBenchmarks` answers the driver on standard input; `JoblibBenchmarks once CASE/VARIANT` runs one sample in a process
/// of its own; `JoblibBenchmarks stream COUNT` is the child process whose peak memory the driver reads.
@main
enum JoblibBenchmarks {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let command = arguments.first else {
            try Server(variants: Variant.all).run()
            return
        }
        switch (command, arguments.last) {
        case ("once", let name?) where arguments.count == 2:
            Server(variants: Variant.all).runOnce(name)
        case ("stream", let text?):
            guard let count = Int(text), count >= 0 else {
                fallthrough
            }
            print(try StreamedInput.sample(count: count).line(for: "stream"))
        default:
            print("usage: JoblibBenchmarks [stream COUNT | once CASE/VARIANT]")
        }
    }
}
