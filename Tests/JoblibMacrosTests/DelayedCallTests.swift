#if Macros
import JoblibMacros
import Synchronization
import Testing

private func describe(_ number: Int, by factor: Double = 1.5, _ text: String = "x") -> String {
    "\(number) \(factor) \(text)"
}
private func divide(_ dividend: Int, by divisor: Int) throws -> Int {
    if divisor == 0 { throw Broken() }
    return dividend / divisor
}
private func nothing() {}
private func longest<Items: Collection & Sendable>(_ items: Items, least: Int) -> Int { max(items.count, least) }
private func twice(_ number: Int?) -> Int { (number ?? 0) * 2 }
private func p0(_ number: Int) -> Int { number + 1 }
private func readNow(_ number: Int) throws -> Int { number * 10 }
private func readSoon(_ number: Int) async throws -> Int { number * 100 }

struct Broken: Error, Codable {}

struct Forest: Codable, Sendable, Equatable {
    var trees: Int
    static let old = Forest(trees: 100)

    func grow(_ count: Int, twice: Bool = false) -> Forest { Forest(trees: trees + count * (twice ? 2 : 1)) }
    static func sum(_ forests: [Forest]) -> Int { forests.reduce(0) { $0 + $1.trees } }
    func callAsFunction(at place: Int) -> Int { trees + place }
    func later(_ count: Int) -> DelayedCall<Forest> { #delayed(self.grow(count, twice: true)) }
}

#if os(macOS)
// Tests are a bundle there, which cannot be started again as a worker.
let backends: [any ParallelBackend] = [SequentialBackend(), ThreadsBackend()]
#else
let backends: [any ParallelBackend] = [SequentialBackend(), ThreadsBackend(), ProcessesBackend()]
#endif

@Suite("#delayed")
struct DelayedCallTests {
    @Test("Labels, default arguments and literals are those of the function", arguments: backends)
    func functions(_ backend: any ParallelBackend) throws {
        let parallel = Parallel(jobs: 2, backend: backend)
        #expect(
            try parallel((1...3).map { #delayed(describe($0, by: 2)) }) == ["1 2.0 x", "2 2.0 x", "3 2.0 x"]
        )
        #expect(try parallel([#delayed(describe(1)), #delayed(describe(2, "y"))]) == ["1 1.5 x", "2 1.5 y"])
        #expect(try parallel((1...3).map { #delayed(divide(12, by: $0)) }) == [12, 6, 4])
        #expect(try parallel([#delayed(try divide(12, by: 5))]) == [2])
        #expect(try parallel([#delayed(twice(nil)), #delayed(twice(4))]) == [0, 8])
        #expect(try parallel([#delayed(longest([1, 2, 3], least: 2))]) == [3])
        #expect(try parallel([#delayed(max(1, 5, 3))]) == [5])
        #expect(try parallel([#delayed(p0(1))]) == [2])
        _ = try parallel([#delayed(nothing())])
    }

    @Test("A method's value is one of the arguments", arguments: backends)
    func methods(_ backend: any ParallelBackend) throws {
        let parallel = Parallel(jobs: 2, backend: backend)
        let forest = Forest(trees: 1)
        #expect(try parallel((0..<3).map { #delayed(forest.grow($0)) }).map(\.trees) == [1, 2, 3])
        #expect(try parallel([forest.later(2)]) == [Forest(trees: 5)])
        #expect(try parallel([#delayed(Forest.old.grow(1, twice: true))]) == [Forest(trees: 102)])
        #expect(try parallel([#delayed(Forest.sum([forest, forest]))]) == [2])
        #expect(try parallel([#delayed(Forest(trees: 7))]) == [Forest(trees: 7)])
        #expect(try parallel([#delayed([Int](repeating: 3, count: 2))]) == [[3, 3]])
        #expect(try parallel([#delayed(Forest.init(trees: 8))]) == [Forest(trees: 8)])
        let (none, some): (Forest?, Forest?) = (nil, forest)
        #expect(try parallel([#delayed(none?.grow(1)), #delayed(some?.grow(1))]) == [nil, Forest(trees: 2)])
        let forests = [forest]
        #expect(try parallel([#delayed(forests[0](at: 4))]) == [5])
    }

    @Test("Arguments are evaluated at once, and the call is made later")
    func evaluation() async throws {
        var order: [String] = []
        func note(_ number: Int) -> Int {
            order.append("note \(number)")
            return number
        }
        let call = #delayed(divide(note(6), by: note(0)))
        #expect(order == ["note 6", "note 0"])
        #expect(throws: Broken.self) { try call() }
        let read = #delayed(twice(try readNow(2)))
        #expect(try read() == 40)
        let readLater = #delayed(twice(try await readSoon(2)))
        #expect(try readLater() == 400)
        let attempt = #delayed(try? divide(1, by: 0))
        #expect(try attempt() == nil)
    }

    @Test("Calls show what was written")
    func texts() {
        let forest = Forest(trees: 1)
        #expect(#delayed(describe(1, by: 2)).description == "describe(1, by: 2.0)")
        #expect(#delayed(describe(1, by: 2)).function == "describe(_:by:)")
        #expect(#delayed(forest.grow(3)).description == "grow(self: Forest(trees: 1), 3)")
        #expect(#delayed(Forest.sum([])).description == "Forest.sum([])")
        #expect(#delayed(Forest(trees: 7)).description == "Forest(trees: 7)")
        #expect(#delayed(nothing()).description == "nothing()")
        #expect(#delayed(describe(1, by: 2)).arguments.count == 2)
    }

    @Test("A failure in a worker process names the call", arguments: backends)
    func failures(_ backend: any ParallelBackend) throws {
        let failure = #expect(throws: TaskFailure.self) {
            try Parallel(jobs: 2, backend: backend)((0..<1).map { #delayed(divide(1, by: $0)) })
        }
        #expect(failure?.call.description == "divide(1, by: 0)")
        #expect(failure?.underlying is Broken)
    }
}
#endif
