import CJoblibProcessCases
import Foundation
import Joblib

/// One cell of the crash table: `crash <moment> <deed> <batch size>`.
///
/// Prints what came of each task of a `mapResults`, what a `map` threw, and whether the workers are fit for another call.
struct CrashCase {
    private static let guilty = 2
    private let moment: Moment
    private let deed: Deed?
    private let deedName: String
    private let batchSize: Int

    init(_ arguments: ArraySlice<String>) throws {
        let arguments = Array(arguments)
        guard arguments.count == 3, let moment = Moment(rawValue: arguments[0]), let batchSize = Int(arguments[2])
        else {
            throw PlainMishap(number: 64)
        }
        self.moment = moment
        deed = Deed(rawValue: arguments[1])
        deedName = arguments[1]
        self.batchSize = batchSize
    }

    func run() throws {
        let backend: ProcessesBackend
        switch moment {
        case .constructor:
            CaseEnvironment.set(JOBLIB_CASE_CONSTRUCTOR, deedName)
            backend = .processes
        case .initializer:
            CaseEnvironment.set("JOBLIB_CASE_INITIALIZER", deedName)
            backend = .processes(initializer: {
                guard let name = CaseEnvironment.value("JOBLIB_CASE_INITIALIZER") else { return }
                try Deed(rawValue: name)?.perform()
            })
        default: backend = .processes
        }
        let parallel = Parallel(jobs: 2, backend: backend, timeout: timeout, batchSize: BatchSize(batchSize))
        parallel.withPool { pool in
            print("results:", describe { try results(pool) })
            print("map:", describe { try values(pool) })
            CaseEnvironment.set(JOBLIB_CASE_CONSTRUCTOR, nil)
            CaseEnvironment.set("JOBLIB_CASE_INITIALIZER", nil)
            print("again:", describe { try pool.map(0..<4) { "\($0 * 10)" } })
        }
    }

    /// Where nothing else ends the task. The others have it, too, and begin in new processes: it is ample for them.
    private var timeout: Duration? { deed == .loop || deed == .stop ? .seconds(3) : nil }

    private var jobs: [CrashJob] {
        (0..<6).map { CrashJob(number: $0, deed: $0 == Self.guilty ? deed : nil, moment: moment) }
    }

    private func results(_ pool: Parallel) throws -> [String] {
        let results =
            if moment == .asynchronous {
                try Self.wait { [jobs] in
                    try await pool.mapResults(jobs) { job in
                        await Task.yield()
                        return try job.run()
                    }
                }
            } else {
                try pool.mapResults(jobs) { try $0.run() }
            }
        return results.map { result in
            switch result {
            case .success(let value): "\(value.number)"
            case .failure(let failure): Self.describe(failure)
            }
        }
    }

    private func values(_ pool: Parallel) throws -> [String] {
        if moment == .asynchronous {
            return try Self.wait { [jobs] in
                try await pool.map(jobs) { job in
                    await Task.yield()
                    return try job.run()
                }
            }.map { "\($0.number)" }
        }
        return try pool.map(jobs) { try $0.run() }.map { "\($0.number)" }
    }

    private func describe(_ body: () throws -> [String]) -> String {
        do {
            return try body().joined(separator: " ")
        } catch let failure as TaskFailure {
            return Self.describe(failure)
        } catch let error as JoblibError {
            return "JoblibError.\(error.code)"
        } catch {
            return "\(error)"
        }
    }

    /// The task's number and the reason, as in `2:crashed(11)`.
    private static func describe(_ failure: TaskFailure) -> String {
        let reason =
            switch failure.reason {
            case .crashed(let signal, _): "crashed(\(signal))"
            case .exited(let code): "exited(\(code))"
            case .timedOut: "timedOut"
            case .threw: "threw(\(describe(failure.underlying)))"
            case .unreadableResult: "unreadableResult(\(describe(failure.underlying)))"
            case .cancelled: "cancelled"
            }
        return "\(failure.index):\(reason)"
    }

    private static func describe(_ error: (any Error)?) -> String {
        switch error {
        case let mishap as Mishap: "Mishap\(mishap.number)"
        case let unknown as UnknownError: unknown.type.split(separator: ".").last.map(String.init) ?? unknown.type
        case nil: "nothing"
        case let other?: "\(type(of: other))"
        }
    }

    /// Runs an asynchronous body from here: whose caller is blocked is no part of the table.
    private static func wait<R: Sendable>(_ body: @escaping @Sendable () async throws -> R) throws -> R {
        let outcome = Outcome<R>()
        let isDone = DispatchSemaphore(value: 0)
        Task {
            do {
                outcome.set(.success(try await body()))
            } catch {
                outcome.set(.failure(error))
            }
            isDone.signal()
        }
        isDone.wait()
        guard let result = outcome.result else { throw PlainMishap(number: 0) }
        return try result.get()
    }
}
