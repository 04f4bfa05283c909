import JoblibParallel
import JoblibSystem
import Testing

@testable import JoblibMemory

/// Cached functions as programs keep them for worker processes: in a global, which every process makes for itself.
private enum Cache {
    private static let functions = Lock<[String: CachedFunction<Int, [Int]>]>([:])

    /// The function whose results are in a directory, where each computation leaves a line.
    static func squares(in directory: String) throws -> CachedFunction<Int, [Int]> {
        try functions.withLock { functions in
            if let known = functions[directory] { return known }
            let calls = try GrowingFile(directory + "/calls")
            let made = try Memory(location: directory, verbose: 0).cached(
                { (number: Int) throws -> [Int] in
                    try calls.append(Array("\(number) \(CurrentProcess.identifier)\n".utf8))
                    if number < 0 { throw NegativeNumber(number: number) }
                    // Long enough to be a run of its own in the entry.
                    return Array(repeating: number * number, count: 20_000)
                },
                as: "squares"
            )
            functions[directory] = made
            return made
        }
    }
}

struct NegativeNumber: Error, Codable, Equatable {
    var number: Int
}

@Suite(
    "Cached functions in worker processes",
    .enabled(if: WorkerEntry.isInProgram, "tests are no program of their own here")
)
struct ProcessTasksTests {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func calls() throws -> [(number: Int, process: Int32)] {
        let text = try GrowingFile(directory.path + "/calls").read(at: 0, upTo: 1 << 20)
        return String(decoding: text, as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard words.count == 2, let number = Int(words[0]), let process = Int32(words[1]) else { return nil }
            return (number, process)
        }
    }

    @Test("Each result is computed once, by a worker, and is there for all processes")
    func once() throws {
        let workers = Parallel(jobs: 3, backend: .processes, batchSize: 1)
        let numbers = (0..<60).map { $0 % 10 }
        let wanted = numbers.map { Array(repeating: $0 * $0, count: 20_000) }
        let results = try workers.map(numbers, sharing: directory.path) { number, directory in
            try Cache.squares(in: directory)(number)
        }
        #expect(results == wanted)
        let computed = try calls()
        #expect(computed.map(\.number).sorted() == Array(0..<10))
        #expect(computed.allSatisfy { $0.process != CurrentProcess.identifier })

        // The caller finds what they have stored, and they what it stores.
        let squares = try Cache.squares(in: directory.path)
        #expect((0..<10).allSatisfy { squares.isCached($0) })
        _ = try squares(11)
        #expect(try calls().last.map { $0.number == 11 && $0.process == CurrentProcess.identifier } ?? false)
        let again = try workers.map([11, 3], sharing: directory.path) { number, directory in
            try Cache.squares(in: directory).callWithInfo(number).info.isHit
        }
        #expect(again == [true, true])
        #expect(try calls().count == 11)
    }

    @Test("An error of the function is the task's, with its type, and is not stored")
    func errors() throws {
        let workers = Parallel(jobs: 2, backend: .processes)
        for attempt in 1...2 {
            let results = try workers.mapResults([-1], sharing: directory.path) { number, directory in
                try Cache.squares(in: directory)(number)
            }
            guard case .failure(let failure) = results[0] else {
                Issue.record("it did not fail")
                return
            }
            #expect(failure.underlying as? NegativeNumber == NegativeNumber(number: -1))
            #expect(try calls().count == attempt)
        }
    }
}
