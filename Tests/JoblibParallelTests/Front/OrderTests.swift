import Joblib
import Testing

@Suite("Results come in the order of the input")
struct OrderTests {
    @Test("Whatever the length of the input", arguments: Setup.everyWay, [0, 1, 2, 3, 7, 1000])
    func lengths(_ setup: Setup, _ count: Int) async throws {
        #expect(try await setup.map(Array(0..<count)) { $0 * 2 } == (0..<count).map { $0 * 2 })
    }

    @Test("For a long input too", arguments: Setup.everyWay.filter { $0.jobs != 1 })
    func long(_ setup: Setup) async throws {
        let count = setup.form == .asynchronousBody ? 10_000 : 100_000
        #expect(try await setup.map(Array(0..<count)) { $0 &* 3 } == (0..<count).map { $0 &* 3 })
    }

    @Test("Whatever makes a batch", arguments: Setup.everyWay, [1, 2, 7, 1000])
    func batchSizes(_ setup: Setup, _ size: Int) async throws {
        let parallel = setup.parallel(batchSize: BatchSize(size))
        #expect(try await setup.map(Array(0..<100), with: parallel) { $0 + 1 } == Array(1...100))
    }

    @Test("When tasks end in the reverse order")
    func reverse() throws {
        let ended = Tally()
        let results = try Parallel(jobs: 4).map(Array(0..<4)) { number in
            try ended.wait(for: 3 - number, "the tasks after \(number)")
            ended.add()
            return number
        }
        #expect(results == [0, 1, 2, 3])
    }

    @Test("For slices, ranges, sets, reversed, lazy and home-made collections", arguments: [1, 2, 4])
    func collections(_ jobs: Int) throws {
        let parallel = Parallel(jobs: JobCount(jobs))
        let array = Array(0..<5000)
        #expect(try parallel.map(array[100..<4900]) { $0 + 1 } == Array(101..<4901))
        #expect(try parallel.map(array.reversed()) { $0 } == array.reversed())
        #expect(try parallel.map(1...5000) { $0 } == Array(1...5000))
        #expect(try parallel.map(stride(from: 0, to: 5000, by: 7)) { $0 } == Array(stride(from: 0, to: 5000, by: 7)))
        #expect(try parallel.map(Spaced(count: 5000)) { $0 } == (0..<5000).map { $0 * 3 })
        #expect(try parallel.map(array.lazy.filter { $0 % 2 == 0 }) { $0 } == array.filter { $0 % 2 == 0 })
        #expect(try parallel.map(array.enumerated().map { ($0, $1) }) { $0 + $1 } == array.map { $0 * 2 })
        #expect(try parallel.map(repeatElement(3, count: 50)) { $0 } == Array(repeating: 3, count: 50))
        #expect(try parallel.map("parallel") { $0 } == Array("parallel"))
        let set = Set(array)
        #expect(try parallel.map(set) { $0 } == Array(set))
        let dictionary = ["a": 1, "b": 2]
        #expect(try parallel.map(dictionary) { $0.value } == Array(dictionary.values))
        #expect(try parallel.map(ContiguousArray(array)) { $0 } == array)
        #expect(try parallel.map(EmptyCollection<Int>()) { $0 } == [])
    }

    @Test("For the same collections in asynchronous code", arguments: [1, 2, 4])
    func asynchronousCollections(_ jobs: Int) async throws {
        let parallel = Parallel(jobs: JobCount(jobs))
        let array = Array(0..<5000)
        #expect(try await parallel.map(array[100..<4900]) { $0 + 1 } == Array(101..<4901))
        #expect(try await parallel.map(array.reversed()) { $0 } == array.reversed())
        #expect(try await parallel.map(Spaced(count: 5000)) { $0 } == (0..<5000).map { $0 * 3 })
        #expect(try await parallel.map(array.lazy.filter { $0 % 2 == 0 }) { $0 } == array.filter { $0 % 2 == 0 })
        let set = Set(array)
        #expect(try await parallel.map(set) { $0 } == Array(set))
    }

    @Test("For results that are large, empty, optional or text", arguments: Setup.everyWay)
    func resultTypes(_ setup: Setup) async throws {
        struct Large: Sendable, Equatable {
            var a = (0.0, 1.0, 2.0, 3.0), b = (0, 1, 2, 3)
            var text: String
            static func == (one: Large, other: Large) -> Bool { one.text == other.text && one.b == other.b }
        }
        let numbers = Array(0..<300)
        #expect(
            try await setup.map(numbers) { Large(text: "number \($0)") } == numbers.map { Large(text: "number \($0)") }
        )
        #expect(try await setup.map(numbers) { _ in () }.count == 300)
        #expect(try await setup.map(numbers) { $0 % 2 == 0 ? $0 : nil } == numbers.map { $0 % 2 == 0 ? $0 : nil })
        #expect(try await setup.map(numbers) { "\($0)" } == numbers.map { "\($0)" })
        #expect(try await setup.map(numbers.map { _ in () }) { 1 } == numbers.map { _ in 1 })
    }

    @Test("An input that is read once is read once", arguments: Setup.everyWay)
    func readOnce(_ setup: Setup) async throws {
        let calls = Tally()
        _ = try await setup.map(Array(0..<500)) { _ in calls.add() }
        #expect(calls.value == 500)
    }
}
