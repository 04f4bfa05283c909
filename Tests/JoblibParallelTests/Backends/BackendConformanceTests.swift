import Foundation
import JoblibParallel
import JoblibTesting
import Testing

@Suite(.timeLimit(.minutes(10))) struct BackendConformanceTests {
    /// Beside all other tests, which block the threads of Swift's pool, a check may have to wait for its turn.
    private static let patience = Duration.seconds(240)

    @Test(
        "Threads keep the contract of a backend",
        arguments: BackendConformance.checks(for: .threads, limit: BackendConformanceTests.patience)
    )
    func threads(check: BackendConformance.Check) async throws {
        try await check.run()
    }

    @Test(
        "Running in the caller keeps the contract of a backend",
        arguments: BackendConformance.checks(for: .sequential, limit: BackendConformanceTests.patience)
    )
    func sequential(check: BackendConformance.Check) async throws {
        try await check.run()
    }

    @Test(
        "A small backend of one's own keeps the contract",
        arguments: BackendConformance.checks(for: FreshThreads(), limit: BackendConformanceTests.patience)
    )
    func freshThreads(check: BackendConformance.Check) async throws {
        try await check.run()
    }

    @Test(
        "A backend that can't be reached says so",
        arguments: BackendConformance.checks(forUnreachable: BrokenBackend(.cannotStart))
    )
    func unreachable(check: BackendConformance.Check) async throws {
        try await check.run()
    }

    @Test("The documented example of a backend is the one that is tested")
    func documentation() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let sources = tests.appending(path: "../../../Sources/JoblibParallel/Backends/ParallelBackend.swift")
        let documented = try String(contentsOf: sources, encoding: .utf8)
            .split(separator: "\n", omittingEmptySubsequences: false)
            .filter { $0.hasPrefix("///") }
            .map { $0.dropFirst(3).drop { $0 == " " } }
            .joined(separator: "\n")
        let tested = try String(contentsOf: tests.appending(path: "FreshThreads.swift"), encoding: .utf8)
        let start = try #require(tested.range(of: "struct FreshThreads"))
        let example = tested[start.lowerBound...].split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.drop { $0 == " " } }
            .joined(separator: "\n")
        #expect(documented.contains(example.trimmingCharacters(in: .newlines)))
    }

    /// The checks that must find each fault; others may find it as well.
    static let finders: [(BrokenBackend.Fault, [String])] = [
        (.runsTwice, ["A session runs each batch exactly once", "A session runs asynchronous batches"]),
        (.neverRuns, ["One task gives one result", "A session runs each batch exactly once", "A stream gives"]),
        (.losesSome, ["Ten thousand tasks", "Many calls at once", "A caller that blocks"]),
        (.exceedsCapacity, ["A session runs as many batches at once"]),
        (.runsOneAtATime, ["A session runs as many batches at once"]),
        (.sharesWorkerNumbers, ["Batches that run at once have different worker numbers"]),
        (
            .countsWorkersFromOne,
            ["Batches that run at once have different worker numbers", "A task knows its position"]
        ),
        (.ignoresStop, ["A session that is stopped starts nothing more"]),
        (.ignoresAbandon, ["A batch that is given up makes room"]),
        (.blocksOnAsynchronous, []),
        (.forgetsAsynchronous, ["Asynchronous tasks run", "A session runs asynchronous batches"]),
        (.hasNoName, ["The backend has a name"]),
        (.hasNoWorkers, ["It runs at least one task", "One task gives one result"]),
        (.cannotStart, ["An input of nothing", "Many calls", "Letting go", "Cancelling", "The first failure"]),
        (.failsBatches, ["A task that throws", "A failed task", "Failures are values", "A task may make calls"]),
    ]

    @Test("The checks find a broken backend", arguments: finders)
    func brokenBackend(fault: BrokenBackend.Fault, finders: [String]) async throws {
        // What is lost is never found, and not waited for long. What is done wrongly comes, however late, and ends the wait.
        let checks = BackendConformance.checks(
            for: BrokenBackend(fault),
            limit: .milliseconds(1500),
            grace: Self.patience
        )
        for finder in finders {
            let check = try #require(checks.first { $0.name.hasPrefix(finder) })
            await #expect(throws: ConformanceViolation.self, "\(check.name)") { try await check.run() }
        }
        // What must not look broken: a refusal that is said clearly.
        if fault == .blocksOnAsynchronous {
            let checks = BackendConformance.checks(for: BrokenBackend(fault), limit: Self.patience)
            for check in checks where check.name.contains("synchronous") { try await check.run() }
        }
    }

    @Test("A backend that works does not pass for one that can't be reached")
    func reachable() async throws {
        for check in BackendConformance.checks(forUnreachable: .threads, limit: .milliseconds(500)) {
            await #expect(throws: ConformanceViolation.self, "\(check.name)") { try await check.run() }
        }
    }
}
