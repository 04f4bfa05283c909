import Foundation
import Joblib
import JoblibSystem
import Testing

/// How errors come back from worker processes, and what is refused before anything runs.
@Suite("Failures with worker processes", .timeLimit(.minutes(10)), .startsWorkers)
struct ProcessFailureTests {
    private struct Hidden: Codable, Sendable { var number = 1 }
    private let parallel = Parallel(jobs: 2, backend: .processes)

    // MARK: - Errors of tasks

    @Test("An error whose type is Codable comes back as itself")
    func codableError() throws {
        let failure = try taskFailure {
            try parallel.map(0..<4) { number in
                if number == 2 { throw TravellingError(code: 7, reason: "é") }
                return number
            }
        }
        #expect(failure.reason == .threw)
        #expect(failure.index == 2)
        #expect(failure.underlying as? TravellingError == TravellingError(code: 7, reason: "é"))
        #expect(failure.worker.processIdentifier != CurrentProcess.identifier)
    }

    @Test("Of any other error the type and the text are kept")
    func otherError() throws {
        let failure = try taskFailure { try parallel.map(0..<2) { _ -> Int in throw HomelyError(code: 3) } }
        let error = try #require(failure.underlying as? UnknownError)
        #expect(error.type.hasSuffix("HomelyError"))
        #expect(error.text == "homely error 3")
    }

    @Test("An error of a type that only its file knows comes back as type and text")
    func hiddenError() throws {
        struct Local: Error, Codable { var number = 4 }
        let failure = try taskFailure { try parallel.map(0..<2) { _ -> Int in throw Local() } }
        let error = try #require(failure.underlying as? UnknownError)
        #expect(error.type.contains("Local"))
        #expect(error.text.contains("4"))
    }

    @Test("Failures as values keep all other results", arguments: [1, 4, 100])
    func values(_ batchSize: Int) throws {
        let parallel = Parallel(jobs: 2, backend: .processes, batchSize: BatchSize(batchSize))
        let results = try parallel.mapResults(0..<100) { number in
            if number % 7 == 3 { throw TravellingError(code: number, reason: "") }
            return number
        }
        for (number, result) in results.enumerated() {
            if number % 7 == 3 {
                #expect(result.failure?.index == number)
                #expect((result.failure?.underlying as? TravellingError)?.code == number)
            } else {
                #expect(try result.get() == number)
            }
        }
    }

    @Test("A failed delayed call says which function and which arguments")
    func call() throws {
        let failure = try taskFailure { try parallel([delayed(parts)(3, 1), delayed(parts)(9, 0)]) }
        #expect(failure.index == 1)
        #expect("\(failure.call)".contains("9"))
        #expect((failure.underlying as? TravellingError)?.code == 9)
    }

    @Test("The end of what a dead worker wrote to standard error is kept")
    func standardError() throws {
        let results = try parallel.mapResults(0..<2) { number in
            if number == 1 {
                FileHandle.standardError.write(Data("last words\n".utf8))
                killSelf()
            }
            return number
        }
        #expect(results[1].failure?.standardErrorTail.contains("last words") == true)
        #expect(try results[0].get() == 0)
    }

    // MARK: - Cancellation

    @Test("A cancelled Swift task ends its call and the workers that are at work", arguments: [false, true])
    func cancellation(_ isAsynchronous: Bool) async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("joblib-\(UUID().uuidString)")
            .path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let parallel = parallel
        let task = Task.detached {
            if isAsynchronous {
                try await parallel.map(0..<2, sharing: directory) { _, directory in
                    try Data().write(to: URL(fileURLWithPath: "\(directory)/\(CurrentProcess.identifier)"))
                    while true { await Task.yield() }
                }
            } else {
                try await parallel.map(0..<2, sharing: directory) { _, directory in
                    try Data().write(to: URL(fileURLWithPath: "\(directory)/\(CurrentProcess.identifier)"))
                    while true { usleep(1000) }
                }
            }
        }
        var processes: [Int32] = []
        // Every other test may come first on Swift's own threads.
        let deadline = MonotonicClock.now + 500_000_000_000
        while processes.count < 2, MonotonicClock.now < deadline {
            processes = try FileManager.default.contentsOfDirectory(atPath: directory).compactMap { Int32($0) }
            await Task.yield()
        }
        #expect(processes.count == 2)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try ProcessList.waitUntilGone(processes)
    }

    // MARK: - Refused before anything runs

    @Test("A closure that captures is refused")
    func capture() throws {
        let offset = CurrentProcess.identifier
        let error = try refusal { try parallel.map([1, 2]) { $0 + Int(offset) } }
        #expect(error.code == .capturingClosure)
        #expect(error.remedy?.contains("sharing:") == true)
        let delayedError = try refusal { try parallel([delayed { (x: Int) in x + Int(offset) }(1)]) }
        #expect(delayedError.code == .capturingClosure)
    }

    @Test("Types that are not Codable are refused by name, as argument, result and shared value")
    func notCodable() throws {
        let errors = try [
            refusal { try parallel.map([Unsendable()]) { $0.number } },
            refusal { try parallel.map([1]) { Unsendable(number: $0) } },
            refusal { try parallel.map([1], sharing: Unsendable()) { $0 + $1.number } },
            refusal { try parallel.map([(1, [Unsendable()])]) { $0.0 } },
            refusal { try parallel([delayed(Unsendable.negated)(Unsendable())]) },
        ]
        for error in errors {
            #expect(error.code == .notCodable)
            #expect(error.message.contains("Unsendable"), "\(error)")
            #expect(error.remedy?.contains("Codable") == true)
        }
        #expect(errors[0].message.contains("input"))
        #expect(errors[1].message.contains("result"))
        #expect(errors[2].message.contains("shared"))
    }

    @Test("Types that only a file or a function knows are refused by name")
    func hiddenTypes() throws {
        struct Local: Codable, Sendable { var number = 2 }
        let errors = try [
            refusal { try parallel.map([Hidden()]) { $0.number } },
            refusal { try parallel.map([Local()]) { $0.number } },
        ]
        #expect(errors.map(\.code) == [.notCodable, .notCodable])
        #expect(errors[0].message.contains("Hidden"), "\(errors[0])")
        #expect(errors[1].message.contains("Local"), "\(errors[1])")
    }

    @Test("A transport that can't travel is refused by name")
    func transport() throws {
        let parallel = Parallel(jobs: 2, backend: .processes(transport: HomelyTransport()))
        let error = try refusal { try parallel.map([1]) { $0 } }
        #expect(error.code == .notCodable)
        #expect(error.message.contains("HomelyTransport"))
    }
}
