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

    @usableFromInline
    init(loop: Loop, describe: @escaping @Sendable (Element) -> TaskCall) {
        self.loop = loop
        self.describe = describe
    }

    @inlinable
    static func blocking(
        _ body: @escaping @Sendable (Element) throws -> Output,
        _ describe: @escaping @Sendable (Element) -> TaskCall
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
        return Work(loop: .blocking(loop), describe: describe)
    }

    static func asynchronous(_ body: @escaping @Sendable (Element) async throws -> Output) -> Work {
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
        return Work(loop: .asynchronous(loop), describe: describe)
    }

    var isAsynchronous: Bool {
        if case .asynchronous = loop { return true }
        return false
    }
}
