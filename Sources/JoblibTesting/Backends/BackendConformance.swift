public import JoblibParallel

/// Checks that a backend keeps the contract of `ParallelBackend`: for the tests of whoever writes one.
///
/// Each check is a sentence about the backend and a closure that throws a ``ConformanceViolation`` when it is not true. They
/// fit a parameterised test of Swift Testing, and any other test library:
///
/// ```swift
/// import JoblibTesting
/// import Testing
///
/// @Test(arguments: BackendConformance.checks(for: FreshThreads()))
/// func keepsTheContract(check: BackendConformance.Check) async throws {
///     try await check.run()
/// }
/// ```
///
/// The tasks that the checks run capture nothing, so that they can travel to other processes. What a session does with
/// single batches is looked at only where tasks share memory with their caller.
public struct BackendConformance: Sendable {
    /// One sentence of the contract, and how to find out whether it holds.
    public struct Check: Sendable, CustomStringConvertible {
        /// What has to hold, as a sentence.
        public let name: String
        private let body: @Sendable () async throws -> Void

        init(_ name: String, _ body: @escaping @Sendable () async throws -> Void) {
            self.name = name
            self.body = body
        }

        /// The name.
        public var description: String { name }

        /// Finds out; may be run several times, and beside other checks.
        ///
        /// - Throws: ``ConformanceViolation`` when the backend does not do what ``name`` says.
        public func run() async throws {
            do {
                try await body()
            } catch let violation as ConformanceViolation {
                throw violation
            } catch {
                throw ConformanceViolation("\(name): unexpected error: \(error)")
            }
        }
    }

    let backend: any ParallelBackend
    let jobs: Int
    let limit: Duration
    /// For how long a check looks for what a backend must not do.
    let grace: Duration

    /// The checks for a backend that works.
    ///
    /// - Parameters:
    ///   - backend: The backend, as it would be given to `Parallel`.
    ///   - jobs: How many tasks run at once, from 2 on, if the backend can do that.
    ///   - limit: How long a check waits for what the backend owes it before it calls that lost.
    /// - Returns: All checks that make sense for this backend.
    public static func checks(
        for backend: any ParallelBackend,
        jobs: Int = 3,
        limit: Duration = .seconds(30)
    ) -> [Check] {
        checks(for: backend, jobs: jobs, limit: limit, grace: shortGrace)
    }

    /// As ``checks(for:jobs:limit:)``; a backend that keeps the contract takes `grace` in full, several times.
    package static func checks(
        for backend: any ParallelBackend,
        jobs: Int = 3,
        limit: Duration,
        grace: Duration
    ) -> [Check] {
        let suite = BackendConformance(backend: backend, jobs: max(2, jobs), limit: limit, grace: grace)
        return suite.resultChecks + suite.failureChecks + suite.lifeChecks
            + (backend.sharesMemory ? suite.sessionChecks : [])
    }

    /// Finds most faults, and costs a backend without any little.
    private static let shortGrace = Duration.milliseconds(20)

    /// The checks for a backend that can't be reached: a scheduler that is not there, a program that does not start.
    ///
    /// ```swift
    /// @Test(arguments: BackendConformance.checks(forUnreachable: Cluster(address: "127.0.0.1:1")))
    /// ```
    ///
    /// - Parameters:
    ///   - backend: A backend whose sessions can't be made.
    ///   - limit: How long a check waits.
    public static func checks(
        forUnreachable backend: any ParallelBackend,
        limit: Duration = .seconds(30)
    ) -> [Check] {
        let suite = BackendConformance(backend: backend, jobs: 2, limit: limit, grace: shortGrace)
        return suite.unreachableChecks
    }

    // MARK: - Helpers of the checks

    /// A call on this backend. The general road: it is the one that uses sessions.
    func parallel(
        jobs: Int? = nil,
        timeout: Duration? = nil,
        batchSize: BatchSize? = nil,
        retries: RetryPolicy = .none,
        seed: UInt64? = nil
    ) -> Parallel {
        Parallel(
            jobs: JobCount(jobs ?? self.jobs),
            backend: backend,
            timeout: timeout,
            batchSize: batchSize,
            retries: retries,
            seed: seed
        )
    }

    /// `0..<count` as a sequence that is no collection.
    func numbers(_ count: Int) -> StrideTo<Int> {
        stride(from: 0, to: count, by: 1)
    }

    func expect(_ condition: Bool, _ violation: @autoclosure () -> String) throws {
        if !condition { throw ConformanceViolation(violation()) }
    }
}

/// A backend does not keep its contract.
public struct ConformanceViolation: Error, Sendable, CustomStringConvertible {
    /// What it did instead.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}
