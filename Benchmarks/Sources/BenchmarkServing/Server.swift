#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Reads `LIST`, `WARM bytes` and `RUN case/variant` lines and answers each with one line.
public struct Server {
    private let names: [String]
    private let bodies: [String: Variant.Body]

    public init(variants: [Variant]) {
        names = variants.map(\.name)
        bodies = Dictionary(uniqueKeysWithValues: variants.map { ($0.name, $0.body) })
    }

    public func run() throws {
        answer("READY Swift \(compilerVersion)")
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            switch words.first {
            case "LIST": answer("LIST " + names.joined(separator: " "))
            case "WARM": warm(bytes: words.last.flatMap { Int($0) } ?? 0)
            case "RUN": run(words.last ?? "")
            default: answer("ERROR unknown request: \(line)")
            }
        }
    }

    /// Runs one variant and nothing else, for the cases that need a process of their own.
    public func runOnce(_ name: String) {
        run(name)
    }

    private func run(_ name: String) {
        do {
            switch bodies[name] {
            case .blocking(let body): answer(try body().line(for: name))
            case .suspending(let body): answer(try Bridge.run(body).line(for: name))
            case nil: answer("ERROR unknown variant: \(name)")
            }
        } catch {
            answer("ERROR \(name): \("\(error)".split(separator: "\n").joined(separator: " "))")
        }
    }

    /// The allocator keeps what it is given back (see the driver), so later samples find pages that are already there.
    private func warm(bytes: Int) {
        let pages = [UInt8](repeating: 1, count: bytes)
        answer("WARM \(pages.count)")
    }

    private func answer(_ line: String) {
        print(line)
        fflush(nil)
    }

    private var compilerVersion: String {
        #if compiler(>=6.4)
        "6.4 or later"
        #elseif compiler(>=6.3)
        "6.3"
        #else
        "6.2"
        #endif
    }
}
