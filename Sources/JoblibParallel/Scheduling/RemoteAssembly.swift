internal import JoblibSystem

/// Puts together what came of a batch in another process, part by part.
struct RemoteAssembly<Output: Sendable> {
    private(set) var results: [Result<Output, TaskFailure>] = []
    private var failed: [BatchFailure] = []
    private var late: (offset: Int, failure: TaskFailure)?
    private let worker: Int
    private let taskCount: Int
    private var started: UInt64 = 0
    /// In nanoseconds, in the worker.
    private(set) var runTime: UInt64 = 0
    /// False once something is missing: the tasks without a result have to be run again.
    private(set) var isIntact = true
    /// The worker has done all that it will do.
    var isComplete = false

    init(worker: Int, taskCount: Int) {
        self.worker = worker
        self.taskCount = taskCount
    }

    mutating func isBroken() {
        isIntact = false
    }

    mutating func add(time part: BatchReport) {
        if started == 0 { started = part.started }
        runTime += part.ended >= part.started ? part.ended - part.started : 0
    }

    /// The results of the next tasks, those that failed left out.
    mutating func add(_ outputs: [Output], wrap: (([Output]) -> [Result<Output, TaskFailure>])?) {
        let wrapped = wrap?(outputs) ?? outputs.map { .success($0) }
        if results.isEmpty { results = wrapped } else { results += wrapped }
    }

    /// Puts a failure into its place among the results of its part.
    mutating func insert(_ failure: TaskFailure, at offset: Int, _ plan: RunPlan, _ scope: RunScope) {
        results.insert(.failure(failure), at: min(max(offset, 0), results.count))
        failed.append(BatchFailure(offset: offset, retryDelay: plan.retryDelay(failure, in: scope)))
    }

    /// The batch's one task has failed.
    mutating func fail(_ failure: TaskFailure, _ plan: RunPlan, _ scope: RunScope) {
        results = []
        insert(failure, at: 0, plan, scope)
        isComplete = true
    }

    /// A task has taken its worker down.
    mutating func fail(_ failure: TaskFailure, at offset: Int, _ plan: RunPlan, _ scope: RunScope) {
        if offset == results.count { return insert(failure, at: offset, plan, scope) }
        failed.append(BatchFailure(offset: offset, retryDelay: plan.retryDelay(failure, in: scope)))
        late = (offset, failure)
    }

    var outcome: BatchOutcome<Output> {
        var outcome = BatchOutcome(
            results: results,
            failed: failed,
            worker: worker,
            started: started,
            ended: started &+ runTime
        )
        if isComplete { return outcome }
        outcome.late = late
        let end = late.map(\.offset) ?? taskCount
        outcome.again = [results.count..<max(end, results.count)]
        if let late { outcome.again.append(late.offset + 1..<taskCount) }
        outcome.again.removeAll(where: \.isEmpty)
        return outcome
    }
}
