import Foundation
import Joblib
import Testing

/// The programs that people find when they look for joblib, in Swift.
@Suite("Well-known examples")
struct SeedExampleTests {
    @Test("getHog over all images")
    func hog() throws {
        @Sendable func hog(_ image: String, cells: Int) -> [String] { (0..<cells).map { "\(image)-\($0)" } }
        let images = (1...20).map { "img\($0)" }
        let features = try Parallel(jobs: 8)(images.map { delayed(hog)($0, 3) })
        #expect(features == images.map { hog($0, cells: 3) })
        let call = delayed(hog)("img2", 3)
        #expect(call.arguments.count == 2)
        #expect(try call() == ["img2-0", "img2-1", "img2-2"])
    }

    @Test("A grid search with an executor and a list of tasks")
    func gridSearch() throws {
        @Sendable func scoreModel(_ data: [Double], _ nTest: Int, _ alpha: Double) throws -> Double {
            if alpha > 1 { throw Broken() }
            return data.suffix(nTest).reduce(0) { $0 + abs($1 - alpha) }
        }
        let data = (0..<50).map { sin(Double($0)) }
        let configurations = [0.1, 0.5, 2.0, 0.9]
        let executor = Parallel(jobs: JobCount(cpuCount()), backend: .threads)
        let tasks = configurations.lazy.map { delayed(scoreModel)(data, 12, $0) }
        let scores = try executor.results(of: tasks).map { try? $0.get() }
        #expect(scores.map { $0 == nil } == [false, false, true, false])
    }

    @Test("Square roots, and results with several values", arguments: [1, 2])
    func roots(_ jobs: Int) throws {
        let parallel = Parallel(jobs: JobCount(jobs))
        #expect(try parallel((0..<10).map { delayed(sqrt)(Double($0 * $0)) }) == (0..<10).map(Double.init))
        let pairs = try parallel((0..<10).map { delayed { (x: Double) in modf(x) }(Double($0) / 2) })
        let (first, second) = unzip(pairs)
        #expect(first.count == 10 && second.count == 10)
        #expect(zip(first, second).map { $0 + $1 } == (0..<10).map { Double($0) / 2 })
    }

    @Test("The two largest, where one argument is no sequence")
    func largest() throws {
        @Sendable func nlargest(_ count: Int, _ text: String?) throws -> [Character] {
            guard let text else { throw Broken() }
            return Array(text.sorted(by: >).prefix(count))
        }
        let failure = try #require(throws: TaskFailure.self) {
            try Parallel(jobs: 2)(["0123", "abcde", nil].map { delayed(nlargest)(2, $0) })
        }
        #expect(failure.index == 2)
        #expect(failure.call.arguments == ["2", "nil"])
        #expect(failure.description.contains("nlargest"))
    }

    @Test("process_data over range(100, 2001, 100)")
    func processData() throws {
        let items = stride(from: 100, through: 2000, by: 100)
        let results = try Parallel(jobs: 10)(items.map { delayed(sqrt)(Double($0)) })
        #expect(results.count == 20)
        #expect(results[0] == 10 && results[3] == 20)
    }

    @Test("Convolutions of random arrays do not depend on the number of jobs")
    func convolve() throws {
        @Sendable func convolveRandom(_ size: Int) -> Double {
            let a = (0..<size).map { _ in Double.random(in: 0..<1, using: &TaskContext.current.random) }
            return zip(a, a.reversed()).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let sizes = (0..<8).map { 400 + $0 * 10 }
        let one = try Parallel(jobs: 1, seed: 3)(sizes.map { delayed(convolveRandom)($0) })
        #expect(try Parallel(jobs: 8, seed: 3)(sizes.map { delayed(convolveRandom)($0) }) == one)
    }
}
