import Joblib
import Testing

@Suite("The caller's surroundings")
struct TaskLocalTests {
    @TaskLocal static var name = "nobody"

    @Test("Task-local values are seen in tasks", arguments: Setup.everyWay)
    func taskLocals(_ setup: Setup) async throws {
        let names = try await Self.$name.withValue("caller") {
            try await setup.map(Array(0..<200)) { _ in Self.name }
        }
        #expect(names.allSatisfy { $0 == "caller" })
        #expect(try await setup.map([1]) { _ in Self.name } == ["nobody"])
    }

    @Test("Task-local values are seen in a stream's tasks", arguments: [1, 2, 4])
    func stream(_ jobs: Int) async throws {
        try await Self.$name.withValue("caller") {
            for try await name in try Parallel(jobs: JobCount(jobs)).stream(0..<200, { _ in Self.name }) {
                #expect(name == "caller")
            }
        }
    }

    @Test("Task-local values are seen in retries", arguments: Setup.everyWay)
    func retries(_ setup: Setup) async throws {
        let retries = RetryPolicy.times(1, backoff: .constant(.milliseconds(1)), on: .thrown)
        let names = try await Self.$name.withValue("caller") {
            try await setup.map(Array(0..<20), with: setup.parallel(retries: retries)) { _ in
                if TaskContext.current.attempt == 1 { throw Broken() }
                return Self.name
            }
        }
        #expect(names.allSatisfy { $0 == "caller" })
    }

    @Test("Tasks inside nested calls see the values of the task around them")
    func nested() throws {
        let names = try Parallel(jobs: 2).map(0..<4) { number in
            try Self.$name.withValue("task \(number)") {
                try Parallel(jobs: 2).map(0..<20) { _ in Self.name }
            }
        }
        for (number, inner) in names.enumerated() { #expect(inner.allSatisfy { $0 == "task \(number)" }) }
    }

    @MainActor
    @Test("A lazy input of the main actor is read on the main actor", arguments: [1, 2, 4])
    func mainActorInput(_ jobs: Int) async throws {
        var produced = 0
        let input = (0..<100).lazy.map { number -> Int in
            MainActor.assertIsolated("an input must be read where the caller runs")
            produced += 1
            return number
        }
        let parallel = Parallel(jobs: JobCount(jobs))
        #expect(try await parallel.map(input) { $0 } == Array(0..<100))
        #expect(try await parallel.map(input) { number async in number } == Array(0..<100))
        #expect(try await parallel.mapResults(input) { $0 }.count == 100)
        #expect(try await parallel(input.map { delayed { (number: Int) in number }($0) }) == Array(0..<100))
        #expect(produced >= 400)
        var streamed: [Int] = []
        for try await result in try parallel.stream(input, { $0 }) { streamed.append(result) }
        #expect(streamed == Array(0..<100))
    }

    @MainActor
    @Test("A blocking call on the main actor reads its input there", arguments: [1, 2])
    func mainActorBlocking(_ jobs: Int) throws {
        let input = (0..<100).lazy.filter { number in
            MainActor.assertIsolated("an input must be read where the caller runs")
            return number % 2 == 0
        }
        #expect(try Parallel(jobs: JobCount(jobs)).map(input) { $0 }.count == 50)
    }

    @MainActor
    @Test("While an asynchronous call runs the main actor is free", arguments: [1, 2])
    func mainActorIsFree(_ jobs: Int) async throws {
        let wasFree = Gate()
        Task { @MainActor in wasFree.open() }
        // The tasks end only when the main actor has done something else meanwhile.
        let results = try await Parallel(jobs: JobCount(jobs)).map([1, 2]) { number in
            try wasFree.wait("the main actor to do something else")
            return number
        }
        #expect(results == [1, 2])
    }

    @Test("An actor may call from its own isolation")
    func actor() async throws {
        actor Counter {
            var count = 0
            func run() async throws -> [Int] {
                let input = (0..<50).lazy.map { number in
                    self.preconditionIsolated()
                    return number
                }
                let results = try await Parallel(jobs: 2).map(input) { $0 }
                count += results.count
                return results
            }
        }
        #expect(try await Counter().run() == Array(0..<50))
    }
}
