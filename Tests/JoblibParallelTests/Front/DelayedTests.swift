import Foundation
import Joblib
import Testing

private func area(_ width: Double, of height: Double) -> Double { width * height }
private func nothing() {}
private func divide(_ a: Int, by b: Int) throws -> Int {
    if b == 0 { throw Broken() }
    return a / b
}

private struct Model: Sendable {
    var factor: Int
    func score(_ data: [Int], twice: Bool) -> Int { data.reduce(0, +) * factor * (twice ? 2 : 1) }
}

@Suite("Delayed calls")
struct DelayedTests {
    @Test("Nothing is called before Parallel calls it")
    func callsNothing() throws {
        let calls = Tally()
        let call = delayed { calls.add() }()
        #expect(calls.value == 0)
        #expect(try Parallel(jobs: 2)([call, call]).sorted() == [1, 2])
        #expect(try call() == 3)
    }

    @Test("A function of any number of arguments can be delayed", arguments: [1, 2, 4])
    func arities(_ jobs: Int) throws {
        let parallel = Parallel(jobs: JobCount(jobs))
        _ = try parallel([delayed(nothing)()])
        #expect(try parallel((0..<4).map { delayed(area)(Double($0), 2) }) == [0, 2, 4, 6])
        #expect(try parallel((1..<4).map { delayed(divide)(12, $0) }) == [12, 6, 4])
        let model = Model(factor: 3)
        #expect(try parallel((0..<3).map { delayed(model.score)([$0, 1], $0 == 2) }) == [3, 6, 18])
        #expect(
            try parallel((0..<3).map { delayed { (a: Int, b: String, c: Bool) in "\(a)\(b)\(c)" }($0, "-", true) })
                == ["0-true", "1-true", "2-true"]
        )
    }

    @Test("Arrays and lazy sequences of calls can be made")
    func forms() async throws {
        let roots = (0..<10).map(Double.init)
        let parallel = Parallel(jobs: 2)
        let calls = (0..<10).lazy.map { delayed(sqrt)(Double($0 * $0)) }
        #expect(try await parallel(Array(calls)) == roots)
        #expect(try await parallel(calls) == roots)
    }

    @Test("The same calls in blocking code")
    func blockingForms() throws {
        let roots = (0..<10).map(Double.init)
        let parallel = Parallel(jobs: 2)
        let calls = (0..<10).lazy.map { delayed(sqrt)(Double($0 * $0)) }
        #expect(try parallel(Array(calls)) == roots)
        #expect(try parallel(calls) == roots)
        #expect(try parallel([] as [DelayedCall<Int>]) == [])
    }

    @Test("A call tells its function and its arguments")
    func inspection() {
        let call = delayed(area)(2, 3.5)
        #expect(call.function == "area(_:of:)")
        #expect(call.arguments.map { $0 as? Double } == [2, 3.5])
        #expect(call.description == "area(2.0, of: 3.5)")
        #expect(delayed(nothing)().arguments.isEmpty)
        #expect(delayed(nothing)().description == "nothing()")
    }

    @Test("A call tells a method's name, and where a closure was written")
    func otherFunctions() {
        let model = Model(factor: 3)
        // Where the optimiser has put the method into the code around it, its type is all that is left to tell.
        let name = delayed(model.score)([1], true).function
        #expect(name.contains("score") || name == "a method of Model")
        let closure = delayed { (number: Int) in number + 1 }(1)
        #expect(closure.function.contains("closure #"))
        #expect(closure.function.contains("otherFunctions"))
    }

    @Test("A failed call says which function failed with which values")
    func failing() async throws {
        for parallel in [Parallel(jobs: 1), Parallel(jobs: 2), Parallel(jobs: 2, retries: .times(1))] {
            let failure = try await failure {
                try await parallel([delayed(divide)(6, 3), delayed(divide)(7, 0)])
            }
            #expect(failure.index == 1)
            #expect(failure.call.function == "divide(_:by:)")
            #expect(failure.call.arguments == ["7", "0"])
            #expect(failure.description.contains("Task 1 failed: divide(7, by: 0) threw Broken"))
        }
    }

    @Test("results(of:) keeps each call's outcome")
    func resultsOf() async throws {
        let calls = (0..<3).map { delayed(divide)(6, $0) }
        let results = try Setup.blocking { try Parallel(jobs: 2).results(of: calls) }
        #expect(results.map { try? $0.get() } == [nil, 6, 3])
        #expect(try await Parallel(jobs: 2).results(of: calls.lazy.map { $0 }).map { try? $0.get() } == [nil, 6, 3])
        guard case .failure(let failure) = results[0] else { throw Missing(what: "the failure") }
        #expect(failure.call.arguments == ["6", "0"])
    }

    @Test("Tuples are taken apart by unzip")
    func tuples() throws {
        let (fractions, wholes) = unzip(try Parallel(jobs: 2)((0..<4).map { delayed { modf($0) }(Double($0) / 2) }))
        #expect(wholes == [0, 0.5, 0, 0.5] || fractions == [0, 0.5, 0, 0.5])
    }
}
