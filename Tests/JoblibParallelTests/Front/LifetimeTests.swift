import Foundation
import Joblib
import Testing

@Suite("No element and no result outlives its call, none is released twice")
struct LifetimeTests {
    @Test("After a success", arguments: Setup.everyWay)
    func success(_ setup: Setup) async throws {
        let census = Live.Census()
        do {
            let inputs = (0..<500).map { Live($0, census) }
            let results = try await setup.map(inputs) { Live($0.number * 2, census) }
            #expect(results.map(\.number) == (0..<500).map { $0 * 2 })
            // Optimised code lets go of an array after its last use.
            withExtendedLifetime((inputs, results)) { #expect(census.living == 1000) }
        }
        try await census.died.reached(1000, "all instances to be released")
        #expect(census.living == 0)
    }

    @Test("After a failure", arguments: Setup.everyWay, [0, 250, 499])
    func failing(_ setup: Setup, _ position: Int) async throws {
        let census = Live.Census()
        do {
            let inputs = (0..<500).map { Live($0, census) }
            let failure = try await failure {
                try await setup.map(inputs) { input in
                    if input.number == position { throw Broken() }
                    return Live(input.number, census)
                }
            }
            #expect(failure.index == position)
        }
        try await census.died.reached(census.born.value, "all instances to be released")
        #expect(census.living == 0)
    }

    @Test("After a failure in a long input", arguments: Setup.blockingBodies, [1, 4])
    func longInput(_ setup: Setup, _ batchSize: Int) async throws {
        let census = Live.Census()
        _ = try await failure {
            let parallel = setup.parallel(batchSize: batchSize == 1 ? nil : BatchSize(batchSize))
            return try await setup.map(Array(0..<20_000), with: parallel) { number in
                if number == 15_000 { throw Broken() }
                return Live(number, census)
            }
        }
        try await census.died.reached(census.born.value, "all instances to be released")
        #expect(census.living == 0)
    }

    @Test("When a thread is left behind in a task", arguments: [false, true])
    func straggler(_ asynchronous: Bool) async throws {
        let census = Live.Census()
        let mayEnd = Gate()
        let runs = Gate()
        let parallel = Parallel(jobs: 2)
        let inputs = (0..<8).map { Live($0, census) }
        // Whoever comes second fails and leaves the first behind; with a caller that works too, that is the helper.
        let caller = Journal<Bool>()
        let body: @Sendable (Live) throws -> Live = { input in
            if TaskContext.current.workerIndex == 0 {
                try runs.wait("the helper to take a task")
                throw Broken()
            }
            caller.note(true)
            runs.open()
            try mayEnd.wait("the test to let the straggler go")
            return Live(input.number + 100, census)
        }
        let failure = try await failure {
            asynchronous ? try await parallel.map(inputs, body) : try Setup.blocking { try parallel.map(inputs, body) }
        }
        #expect(failure.underlying is Broken)
        #expect(census.born.value == 8)
        mayEnd.open()
        try await census.born.reached(9, "the straggler's result")
        try await census.died.reached(1, "the straggler's result to be released")
        withExtendedLifetime(inputs) {}
    }

    @Test("When a thread is left behind, the input stays alive for it")
    func stragglerReadsInput() async throws {
        let census = Live.Census()
        let mayEnd = Gate()
        let runs = Gate()
        let seen = Journal<Int>()
        do {
            let inputs = (0..<8).map { Live($0, census) }
            _ = try await failure {
                try Setup.blocking {
                    try Parallel(jobs: 2).map(inputs) { input in
                        if TaskContext.current.workerIndex == 0 {
                            try runs.wait("the helper to take a task")
                            throw Broken()
                        }
                        runs.open()
                        try mayEnd.wait("the test to let the straggler go")
                        seen.note(input.number)
                    }
                }
            }
        }
        mayEnd.open()
        try await census.died.reached(8, "the input to be released")
        #expect(seen.entries.count == 1)
        #expect(census.living == 0)
    }

    @Test("After a timeout, while the threads wait for the next call")
    func timeout() async throws {
        let census = Live.Census()
        try await Parallel(jobs: 2, timeout: .milliseconds(50)).withPool { pool in
            for round in 1...3 {
                do {
                    let results = try await pool.mapResults((0..<8).map { Live($0, census) }) { input in
                        while input.number == 3, !TaskContext.current.isCancelled { sched_yield() }
                        return input.number
                    }
                    #expect(results.count == 8)
                }
                // Before the pool, whose threads are kept, comes to its end.
                try await census.died.reached(8 * round, "the input to be released")
            }
        }
    }

    @Test("When results are kept as values", arguments: Setup.everyWay)
    func results(_ setup: Setup) async throws {
        let census = Live.Census()
        do {
            let inputs = (0..<100).map { Live($0, census) }
            let results = try await setup.mapResults(inputs) { input in
                if input.number % 2 == 0 { throw Broken() }
                return Live(input.number, census)
            }
            #expect(results.count == 100)
        }
        try await census.died.reached(150, "all instances to be released")
    }

    @Test("When a stream is dropped early", arguments: [1, 2])
    func stream(_ jobs: Int) async throws {
        let census = Live.Census()
        do {
            let stream = Parallel(jobs: JobCount(jobs)).stream((0..<100).map { Live($0, census) }) {
                Live($0.number, census)
            }
            for try await result in stream where result.number == 5 { break }
        }
        try await census.died.reached(census.born.value, "all instances to be released")
        #expect(census.living == 0)
    }
}
