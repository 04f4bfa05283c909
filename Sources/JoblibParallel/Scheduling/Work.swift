/// What is to be done with each element of the input, and how to name it in messages.
///
/// The loop over a batch is made where the body is known, so that the compiler specialises it for the element and inlines
/// the body; the scheduler behind it works batch by batch and needs no such help.
@usableFromInline
struct Work<Element: Sendable, Output: Sendable>: Sendable {
    @usableFromInline typealias Outcome = Result<Output, TaskFailure>

    @usableFromInline
    enum Loop: Sendable {
        case blocking(@Sendable ([Element], BatchRun) -> [Outcome])
        case asynchronous(@Sendable ([Element], BatchRun) async -> [Outcome])
    }

    let loop: Loop
    /// Names the call on one element; used only once something failed.
    let describe: @Sendable (Element) -> TaskCall
    /// How the tasks travel to other processes.
    let remote: RemoteWork<Element, Output>

    @usableFromInline
    init(
        loop: Loop,
        describe: @escaping @Sendable (Element) -> TaskCall,
        remote: RemoteWork<Element, Output>
    ) {
        self.loop = loop
        self.describe = describe
        self.remote = remote
    }

    @inlinable
    static func blocking(
        _ body: @escaping @Sendable (Element) throws -> Output,
        _ describe: @escaping @Sendable (Element) -> TaskCall,
        remote: RemoteWork<Element, Output>
    ) -> Work {
        let loop: @Sendable ([Element], BatchRun) -> [Outcome] = { elements, run in
            var outcomes: [Outcome] = []
            outcomes.reserveCapacity(elements.count)
            for element in elements {
                guard run.begin(outcomes.count) else { break }
                do {
                    outcomes.append(.success(try body(element)))
                } catch {
                    outcomes.append(.failure(run.failure(error, at: outcomes.count, describe(element))))
                }
            }
            return outcomes
        }
        return Work(loop: .blocking(loop), describe: describe, remote: remote)
    }

    /// Tasks that all run one body.
    @inlinable
    static func blocking(_ body: @escaping @Sendable (Element) throws -> Output) -> Work {
        blocking(body, { TaskNaming.call(body, $0) }, remote: .map(body) { $0.map { .success($0) } })
    }

    /// Tasks that share a value.
    @inlinable
    static func blocking<Shared: Sendable>(
        sharing shared: Shared,
        _ body: @escaping @Sendable (Element, Shared) throws -> Output
    ) -> Work {
        blocking({ try body($0, shared) }, { TaskNaming.call(body, $0, shared) }, remote: .sharing(shared, body))
    }

    /// As the blocking form, with an asynchronous body.
    static func asynchronous<Shared: Sendable>(
        sharing shared: Shared,
        _ body: @escaping @Sendable (Element, Shared) async throws -> Output
    ) -> Work {
        asynchronous({ try await body($0, shared) }, remote: .sharing(shared, body))
    }

    static func asynchronous(_ body: @escaping @Sendable (Element) async throws -> Output) -> Work {
        asynchronous(body, remote: .map(body))
    }

    private static func asynchronous(
        _ body: @escaping @Sendable (Element) async throws -> Output,
        remote: RemoteWork<Element, Output>
    ) -> Work {
        let describe: @Sendable (Element) -> TaskCall = { TaskNaming.call(body, $0) }
        let loop: @Sendable ([Element], BatchRun) async -> [Outcome] = { elements, run in
            var outcomes: [Outcome] = []
            for element in elements {
                guard run.begin(outcomes.count) else { break }
                do {
                    // Child tasks may ask for the context after this task has ended: each has a frame of its own.
                    let frame = run.frameOfTask()
                    let output = try await TaskFrame.$ofThisTask.withValue(frame) { try await body(element) }
                    outcomes.append(.success(output))
                } catch {
                    outcomes.append(.failure(run.failure(error, at: outcomes.count, describe(element))))
                }
            }
            return outcomes
        }
        return Work(loop: .asynchronous(loop), describe: describe, remote: remote)
    }

    var isAsynchronous: Bool {
        if case .asynchronous = loop { return true }
        return false
    }
}

extension Work {
    /// Delayed calls.
    @inlinable
    static func calls() -> Work where Element == DelayedCall<Output> {
        blocking({ try $0.body() }, { $0.taskCall }, remote: .calls())
    }
}
