import JoblibParallel
import Testing

@testable import JoblibMemory

@Suite("Messages of a cache")
struct VerboseTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// What is said when a function is called twice.
    private func messages(verbose: Int) throws -> [String] {
        let heard = Heard()
        let memory = try Memory(location: directory.path, verbose: verbose, output: heard.output)
        let smooth = memory.cached({ (a: Int, b: String) in a + b.count }, as: "smooth")
        _ = try smooth(1, "x")
        _ = try smooth(1, "x")
        try smooth.clear()
        try memory.clear()
        #expect(heard.warnings.isEmpty)
        return heard.messages
    }

    private let calling = String(repeating: "_", count: 80) + "\n[Memory] Calling smooth...\nsmooth(1, \"x\")"
    private let clearing = [
        "[Memory]: Clearing function cache identified by smooth", "[Memory]: Flushing completely the cache",
    ]

    @Test("0 says nothing, 1 what is computed")
    func computed() throws {
        #expect(try messages(verbose: 0) == [])
        let one = try messages(verbose: 1)
        try #require(one.count == 4)
        #expect(one[0] == calling && Array(one[2...]) == clearing)
        // Whatever the time, the line is as long as the one before it.
        let called = /_+smooth - [0-9]+\.[0-9]s, [0-9]+\.[0-9]min/
        #expect(one[1].wholeMatch(of: called) != nil && one[1].count == 80, "\(one[1])")
    }

    @Test("From 2 on it says what is read, and from 11 on where it is written")
    func read() throws {
        let two = try messages(verbose: 2)
        #expect(two.count == 5 && two[2].hasPrefix("[Memory]") && two[2].hasSuffix(": Loading smooth..."))
        let eleven = try messages(verbose: 11)
        #expect(eleven[0].hasPrefix("Computing func smooth, argument hash "))
        #expect(eleven.contains { $0.hasPrefix("Persisting in ") })
        let query = "Querying smooth with signature\nsmooth(1, \"x\").\n\n(argument hash "
        #expect(try messages(verbose: 20)[0].hasPrefix(query))
    }

    @Test("The lines are those of joblib")
    func lines() {
        let messages = MemoryMessages(verbose: 10)
        #expect(messages.called("f", took: .seconds(75)) == String(repeating: "_", count: 63) + "f - 75.0s, 1.2min")
        #expect(
            messages.loading("f", place: "/c/f/1", elapsed: .seconds(1234))
                == "[Memory]1234.0s, 20.6min: Loading f from /c/f/1"
        )
        #expect(
            messages.loaded("f", took: .zero) == String(repeating: "_", count: 51) + "f cache loaded - 0.0s, 0.0min"
        )
    }
}
