import Foundation
import Joblib
import Synchronization
import Testing

@Suite("How the input is read")
struct DispatchOrderTests {
    @Test("With one job, each task runs before the next is produced", arguments: [false, true])
    func alternates(_ delayedCalls: Bool) throws {
        let journal = Journal<String>()
        let input = Naturals(limit: 6) { journal.note("produced \($0)") }
        let consume: @Sendable (Int) -> Void = { journal.note("consumed \($0)") }
        if delayedCalls {
            _ = try Parallel(jobs: 1)(input.lazy.map { delayed(consume)($0) })
        } else {
            try Parallel(jobs: 1).forEach(input, consume)
        }
        #expect(journal.entries == (0..<6).flatMap { ["produced \($0)", "consumed \($0)"] })
    }

    @Test("With one job and batches of four, four are produced, then consumed")
    func alternatesInBatches() throws {
        let journal = Journal<String>()
        try Parallel(jobs: 1, batchSize: 4).forEach(Naturals(limit: 6) { journal.note("produced \($0)") }) {
            journal.note("consumed \($0)")
        }
        let expected = [0..<4, 4..<6].flatMap { batch in
            batch.map { "produced \($0)" } + batch.map { "consumed \($0)" }
        }
        #expect(journal.entries == expected)
    }

    @Test("preDispatch batches are produced before a result comes, and no more", arguments: [1, 2, 3])
    func preDispatch(_ batchSize: Int) throws {
        let produced = Tally()
        let consumed = Tally()
        let tooFar = Tally()
        let input = Naturals(limit: 60) { _ in
            produced.add()
            if produced.value - consumed.value > 3 * batchSize { tooFar.add() }
        }
        try Parallel(jobs: 2, preDispatch: 3, batchSize: BatchSize(batchSize)).forEach(input) { _ in consumed.add() }
        #expect(tooFar.value == 0)
        #expect(produced.value == 60)
    }

    @Test("The producer is first called three times with 1.5 * n_jobs and two jobs")
    func producer() throws {
        let produced = Tally()
        let journal = Journal<String>()
        let input = Naturals(limit: 6) { number in
            journal.note("Produced \(number)")
            produced.add()
        }
        let roots = try Parallel(jobs: 2, preDispatch: "1.5*n_jobs")(
            input.lazy.map { number in
                delayed { (value: Double) in
                    // No task ends before the first three have been produced.
                    try produced.wait(for: 3, "three to be produced")
                    journal.note("Consumed \(number)")
                    return sqrt(value)
                }(Double(number))
            }
        )
        #expect(roots == (0..<6).map { sqrt(Double($0)) })
        #expect(journal.entries.count == 12)
        #expect(Array(journal.entries.prefix(3)) == ["Produced 0", "Produced 1", "Produced 2"])
        let fourth = try #require(journal.entries.firstIndex(of: "Produced 3"))
        #expect(journal.entries[..<fourth].contains { $0.hasPrefix("Consumed") })
    }

    @Test("With .all, the whole input is produced before a task has to end", arguments: [2, 4])
    func all(_ jobs: Int) throws {
        let produced = Tally()
        try Parallel(jobs: JobCount(jobs), preDispatch: .all, batchSize: 1)
            .forEach(Naturals(limit: 50) { _ in produced.add() }) { _ in
                try produced.wait(for: 50, "the whole input")
            }
        #expect(produced.value == 50)
    }

    @Test(
        "Never by two threads at once, and in the caller's thread",
        arguments: [2, 3, 12],
        ["all", "n_jobs", "2*n_jobs"]
    )
    func noConcurrentEntry(_ jobs: Int, _ preDispatch: String) throws {
        for batchSize in [BatchSize.automatic, 1, 7] {
            let caller = Thread.current
            let isInside = Mutex(false)
            let wrong = Tally()
            let input = Naturals(limit: 517) { _ in
                let wasInside = isInside.withLock { inside in
                    defer { inside = true }
                    return inside
                }
                if wasInside || Thread.current != caller { wrong.add() }
                isInside.withLock { $0 = false }
            }
            let parallel = Parallel(
                jobs: JobCount(jobs),
                preDispatch: try PreDispatch(parsing: preDispatch),
                batchSize: batchSize
            )
            #expect(try parallel.map(input) { $0 } == Array(0..<517))
            #expect(wrong.value == 0)
        }
    }

    @Test("An endless input ends with the first failure", arguments: [1, 2, 4])
    func endless(_ jobs: Int) async throws {
        let parallel = Parallel(jobs: JobCount(jobs))
        let failure = try await failure {
            try await parallel.map(Naturals()) { number in
                if number == 1000 { throw Broken() }
                return number
            }
        }
        #expect(failure.index == 1000)
    }

    @Test("An endless input ends with the first failure of a blocking call", arguments: [1, 2, 4])
    func endlessBlocking(_ jobs: Int) throws {
        let failure = try #require(throws: TaskFailure.self) {
            try Parallel(jobs: JobCount(jobs)).map(Naturals()) { number in
                if number == 1000 { throw Broken() }
                return number
            }
        }
        #expect(failure.index == 1000)
    }

    @Test("An empty or used-up input gives no results", arguments: Setup.everyWay)
    func empty(_ setup: Setup) async throws {
        #expect(try await setup.map([Int]()) { $0 } == [])
        var iterator = [1, 2].makeIterator()
        while iterator.next() != nil {}
        let rest = IteratorSequence(iterator)
        #expect(try await setup.parallel().map(rest) { $0 } == [])
    }
}
