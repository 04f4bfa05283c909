import Joblib
import Testing

/// One way to make a call: a backend, a number of jobs, and the form of the call.
///
/// What a user relies on holds for all of them, so that most tests run over ``everyWay``.
struct Setup: Sendable, CustomTestStringConvertible {
    enum Form: String, CaseIterable, Sendable {
        case blockingArray = "array, blocking"
        case blockingSequence = "sequence, blocking"
        case suspendingArray = "array, suspending"
        case suspendingSequence = "sequence, suspending"
        case asynchronousBody = "asynchronous body"

        /// True when the caller's thread is held up.
        var isBlocking: Bool { self == .blockingArray || self == .blockingSequence }
    }

    let backend: any ParallelBackend
    let jobs: Int
    let form: Form

    var testDescription: String { "\(backend.name) × \(jobs), \(form.rawValue)" }

    /// Each backend with each number of jobs, in each form.
    static let everyWay = ways(Form.allCases)
    /// Those in which tasks can run at the same time as others.
    static let parallelWays = everyWay.filter { $0.jobs > 1 }
    /// Those in which the body does not suspend.
    static let blockingBodies = ways(Form.allCases.filter { $0 != .asynchronousBody })

    private static func ways(_ forms: [Form]) -> [Setup] {
        forms.flatMap { form in
            [Setup(backend: .sequential, jobs: 1, form: form)]
                + [1, 2, 4].map { Setup(backend: .threads, jobs: $0, form: form) }
        }
    }

    /// A call's options, with this way's backend and jobs.
    func parallel(
        timeout: Duration? = nil,
        preDispatch: PreDispatch? = nil,
        batchSize: BatchSize? = nil,
        progress: ProgressStyle? = nil,
        retries: RetryPolicy = .none,
        seed: UInt64? = nil
    ) -> Parallel {
        Parallel(
            jobs: JobCount(jobs),
            backend: backend,
            progress: progress,
            timeout: timeout,
            preDispatch: preDispatch,
            batchSize: batchSize,
            retries: retries,
            seed: seed
        )
    }

    /// Makes the call in this way.
    func map<Element: Sendable, R: Sendable>(
        _ elements: [Element],
        with parallel: Parallel? = nil,
        _ body: @escaping @Sendable (Element) throws -> R
    ) async throws -> [R] {
        let parallel = parallel ?? self.parallel()
        switch form {
        case .blockingArray: return try Self.blocking { try parallel.map(elements, body) }
        case .blockingSequence: return try Self.blocking { try parallel.map(Stepwise(elements), body) }
        case .suspendingArray: return try await parallel.map(elements, body)
        case .suspendingSequence: return try await parallel.map(Stepwise(elements), body)
        case .asynchronousBody:
            return try await parallel.map(elements) { element in
                await Task.yield()
                return try body(element)
            }
        }
    }

    /// As ``map(_:with:_:)``, with failures as values.
    func mapResults<Element: Sendable, R: Sendable>(
        _ elements: [Element],
        with parallel: Parallel? = nil,
        _ body: @escaping @Sendable (Element) throws -> R
    ) async throws -> [Result<R, TaskFailure>] {
        let parallel = parallel ?? self.parallel()
        switch form {
        case .blockingArray: return try Self.blocking { try parallel.mapResults(elements, body) }
        case .blockingSequence: return try Self.blocking { try parallel.mapResults(Stepwise(elements), body) }
        case .suspendingArray: return try await parallel.mapResults(elements, body)
        case .suspendingSequence: return try await parallel.mapResults(Stepwise(elements), body)
        case .asynchronousBody:
            return try await parallel.mapResults(elements) { element in
                await Task.yield()
                return try body(element)
            }
        }
    }

    /// In an asynchronous function the blocking overloads can only be reached through a synchronous closure.
    static func blocking<R>(_ body: () throws -> R) rethrows -> R { try body() }
}

/// An error of a user's own.
struct Broken: Error, Equatable {
    var index = 0
}

/// The failure that `body` throws, or a recorded issue.
func failure<R>(of body: () async throws -> R) async throws -> TaskFailure {
    do {
        _ = try await body()
    } catch let failure as TaskFailure {
        return failure
    }
    throw Missing(what: "a TaskFailure")
}

/// The error about options or machinery that `body` throws, or a recorded issue.
func joblibError<R>(of body: () async throws -> R) async throws -> JoblibError {
    do {
        _ = try await body()
    } catch let error as JoblibError {
        return error
    }
    throw Missing(what: "a JoblibError")
}

/// Nothing was thrown where something should have been.
struct Missing: Error {
    let what: String
}
