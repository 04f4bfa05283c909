import Foundation
import Joblib
import JoblibSystem
import Testing

/// What calls return with worker processes: the same as with any other backend.
@Suite("Calls with worker processes", .timeLimit(.minutes(10)), .startsWorkers)
struct ProcessCallTests {
    private let parallel = Parallel(jobs: 2, backend: .processes)

    @Test("Results come in the order of the input, whatever the batches", arguments: [1, 7, 1000])
    func order(_ batchSize: Int) throws {
        let parallel = Parallel(jobs: 2, backend: .processes, batchSize: BatchSize(batchSize))
        #expect(try parallel.map(0..<1000) { $0 * 3 } == (0..<1000).map { $0 * 3 })
        #expect(try parallel.map(Stepwise(Array(0..<100))) { "\($0)" } == (0..<100).map { "\($0)" })
        #expect(try parallel.map([Int]()) { $0 }.isEmpty)
    }

    @Test("Automatic batches keep the order, too")
    func automaticBatches() throws {
        #expect(try parallel.map(0..<20_000) { $0 ^ 5 } == (0..<20_000).map { $0 ^ 5 })
    }

    @Test("Delayed calls, of several functions of any arity")
    func delayedCalls() throws {
        #expect(try parallel((0..<50).map { delayed(doubled)($0) }) == (0..<50).map { $0 * 2 })
        #expect(try parallel((0..<5).map { delayed(joined)("a", $0, $0 > 2) })[3] == "a3true")
        let mixed = [delayed(doubled)(4), delayed { $0 + 1 }(4), delayed { (a: Int, b: Int) in a - b }(4, 9)]
        #expect(try parallel(mixed) == [8, 5, -5])
    }

    @Test("Tuples travel, with labels and within each other")
    func tuples() throws {
        let quotients = try parallel((1..<6).map { delayed(parts)(17, $0) })
        #expect(quotients.map(\.quotient) == [17, 8, 5, 4, 3])
        #expect(quotients.map(\.remainder) == [0, 1, 2, 1, 2])
        let pairs = [(1, "a"), (2, "b")]
        let swapped = try parallel.map(pairs) { (($0.1, [$0.0]), Optional($0.0)) }
        #expect(swapped.map(\.0.0) == ["a", "b"])
        #expect(swapped.map(\.0.1) == [[1], [2]])
        #expect(swapped.map(\.1) == [1, 2])
    }

    @Test("Structures, optionals, dictionaries and enumerations travel")
    func values() throws {
        let samples = (0..<9).map { index in
            Sample(name: "s\(index)", values: [Double(index), .infinity], next: [Sample(name: "é", values: [])])
        }
        #expect(try parallel.map(samples) { $0 } == samples)
        #expect(try parallel.map([1, nil, 3]) { $0 } == [1, nil, 3])
        #expect(try parallel.map([["a": [1]], [:]]) { $0 } == [["a": [1]], [:]])
        #expect(try parallel.map([Data([1, 2]), Data()]) { $0 + [0] } == [Data([1, 2, 0]), Data([0])])
    }

    @Test("A shared value is there in each task")
    func sharing() throws {
        let table = ["a": 1, "b": 2]
        #expect(try parallel.map(["b", "a", "c"], sharing: table) { $1[$0] ?? 0 } == [2, 1, 0])
        let pair = (3, "x")
        #expect(try parallel.map(0..<3, sharing: pair) { "\($0 + $1.0)\($1.1)" } == ["3x", "4x", "5x"])
    }

    @Test("Tasks without a result run, too")
    func withoutResults() throws {
        try TemporaryFiles.use { directory in
            try parallel.forEach((0..<5).map { "\(directory)/\($0)" }) {
                try Data().write(to: URL(fileURLWithPath: $0))
            }
            #expect(try Set(FileManager.default.contentsOfDirectory(atPath: directory)) == ["0", "1", "2", "3", "4"])
        }
        #expect(try parallel.map(0..<3) { _ in }.count == 3)
    }

    @Test("A stream gives results as they come, in order or not")
    func stream() async throws {
        let inOrder = parallel.stream(0..<100) { $0 + 1 }
        var results: [Int] = []
        for try await result in inOrder { results.append(result) }
        #expect(results == Array(1...100))
        let unordered = parallel.stream(0..<100, order: .completion) { $0 + 1 }
        var sum = 0
        while let result = try Setup.blocking({ try unordered.next() }) { sum += result }
        #expect(sum == 5050)
    }

    @Test("A stream that is dropped ends its tasks and harms no other call")
    func droppedStream() async throws {
        do {
            let stream = parallel.stream(0..<1000) { number in
                while number > 3 { usleep(1000) }
                return number
            }
            var iterator = stream.makeAsyncIterator()
            #expect(try await iterator.next() == 0)
        }
        #expect(try await parallel.map(0..<10) { $0 } == Array(0..<10))
    }

    @Test("A caller may be suspended, and a body asynchronous")
    func asynchronous() async throws {
        #expect(try await parallel.map(0..<200) { $0 - 1 } == Array(-1..<199))
        let results = try await parallel.map(0..<200) { number in
            await Task.yield()
            return number + TaskContext.current.index
        }
        #expect(results == (0..<200).map { $0 * 2 })
        let shared = try await parallel.map(0..<20, sharing: 7) { number, seven in
            try await Task.sleep(for: .microseconds(10))
            return number * seven
        }
        #expect(shared == (0..<20).map { $0 * 7 })
    }

    @Test("A call that fails returns, though other asynchronous bodies go on")
    func failsAsynchronously() async throws {
        let failure = try await failure {
            try await parallel.map(0..<8) { number in
                if number == 1 { throw TravellingError(code: number, reason: "first") }
                if number == 0 { try await Task.sleep(for: .seconds(3600)) }
                return number
            }
        }
        #expect(failure.underlying as? TravellingError == TravellingError(code: 1, reason: "first"))
    }

    @Test("Calls within a task run on its worker's threads", arguments: [true, false])
    func nested(_ asksForProcesses: Bool) throws {
        let sums = try parallel.map(0..<4, sharing: asksForProcesses) { number, asksForProcesses in
            let backend: any ParallelBackend = asksForProcesses ? .processes : .threads
            let inner = try Parallel(jobs: 3, backend: backend).map(0..<10) { ($0 * number, CurrentProcess.identifier) }
            return (inner.map(\.0).reduce(0, +), Set(inner.map(\.1)) == [CurrentProcess.identifier])
        }
        #expect(sums.map(\.0) == [0, 45, 90, 135])
        #expect(sums.allSatisfy { $0.1 })
    }

    @Test("Several calls at once on one pool do not get each other's results", arguments: 0..<10)
    func concurrentCalls(_ repetition: Int) {
        parallel.withPool { pool in
            let outcomes = Journal<(call: Int, isRight: Bool)>()
            DispatchQueue.concurrentPerform(iterations: 8) { call in
                for round in 0..<5 {
                    let base = call * 1_000_000 + round * 10_000
                    let results = try? pool.map(0..<100, sharing: base) { $0 + $1 }
                    outcomes.note((call, results == Array(base..<base + 100)))
                }
            }
            #expect(outcomes.entries.count == 40)
            #expect(outcomes.entries.allSatisfy { $0.isRight })
        }
    }
}
