internal import DequeModule
internal import JoblibSystem

/// Runs the batches of one call on own threads.
///
/// A worker is a Swift task on a ``ThreadExecutor``: so its tasks see the caller's task-local values, and `Task.isCancelled`.
final class ThreadSession: BackendSession {
    private struct State {
        var queue: Deque<TaskBatch> = []
        /// By number; `nil`: free.
        var workers: [Worker?]
        var running = 0
        var started = 0
        var isStopped = false
        var hasSpare = false
        var spare = Spare()
    }

    private struct Worker {
        /// Tells it from the workers that had its number before.
        let generation: Int
        var task: Task<Void, Never>?
        /// The batch that it runs.
        var batch: Int?
    }

    /// A worker in waiting, for when another is given up.
    ///
    /// It is made where the caller is, since a task takes the task-local values of where it is made; a worker is given up on
    /// the timekeeper's thread.
    private struct Spare {
        /// Nil until whoever makes it has stored it: it may run before that.
        var task: Task<Void, Never>?
        /// Nil until it waits.
        var waiting: CheckedContinuation<Claim?, Never>?
        /// Claims for it, and for those that are made after it.
        var promised: Deque<Claim> = []
    }

    let capacity: Int
    private let keepsSpare: Bool
    private let executor: ThreadExecutor
    private let state: Lock<State>

    init(_ request: SessionRequest) {
        capacity = request.jobs
        keepsSpare = request.hasTimeout
        executor = ThreadExecutor(width: request.jobs, pool: request.pool, budget: request.budget)
        state = Lock(State(workers: Array(repeating: nil, count: request.jobs)))
    }

    func submit(_ batch: TaskBatch) {
        let (claim, needsSpare) = state.withLock { state -> (Claim?, Bool) in
            if state.isStopped { return (nil, false) }
            state.queue.append(batch)
            let needsSpare = keepsSpare && !state.hasSpare
            if needsSpare { state.hasSpare = true }
            return (claimWorker(&state), needsSpare)
        }
        if needsSpare { makeSpare() }
        if let claim { start(claim) }
    }

    func abandon(_ batch: TaskBatch) {
        let lost = state.withLock { state -> (task: Task<Void, Never>?, next: Claim?)? in
            guard let number = state.workers.firstIndex(where: { $0?.batch == batch.id }) else { return nil }
            let task = state.workers[number]?.task
            state.workers[number] = nil
            state.running -= 1
            return (task, state.queue.isEmpty ? nil : claimWorker(&state))
        }
        batch.runner.cancel()
        guard let lost else { return }
        lost.task?.cancel()
        executor.threadLost()
        if let next = lost.next { startSpare(next) }
    }

    func stop() {
        let (tasks, spare) = state.withLock { state in
            state.isStopped = true
            state.queue = []
            defer { state.spare.waiting = nil }
            return (state.workers.compactMap { $0?.task }, state.spare.waiting)
        }
        for task in tasks { task.cancel() }
        spare?.resume(returning: nil)
    }

    // MARK: - The spare

    private func makeSpare() {
        let task = Task(executorPreference: executor) {
            guard let claim = await self.promotion() else { return }
            // The next one is made here, where the task-local values are the caller's too.
            self.makeSpare()
            await self.work(claim)
        }
        let promoted = state.withLock { state in
            state.spare.task = task
            return promote(&state)
        }
        promoted?.waiting.resume(returning: promoted?.claim)
    }

    /// Waits until a worker has been given up; `nil` when the call is over.
    private func promotion() async -> Claim? {
        await withCheckedContinuation { continuation in
            let (isOver, promoted) = state.withLock { state -> (Bool, Promotion?) in
                if state.isStopped { return (true, nil) }
                state.spare.waiting = continuation
                return (false, promote(&state))
            }
            if isOver { continuation.resume(returning: nil) }
            promoted?.waiting.resume(returning: promoted?.claim)
        }
    }

    private func startSpare(_ claim: Claim) {
        let promoted = state.withLock { state in
            state.spare.promised.append(claim)
            return promote(&state)
        }
        promoted?.waiting.resume(returning: promoted?.claim)
    }

    private typealias Promotion = (waiting: CheckedContinuation<Claim?, Never>, claim: Claim)

    /// Gives the spare the first claim, once its task is known and it waits: whatever comes last of the three.
    ///
    /// The worker then has the task that runs it, and not that of another spare: it is cancelled with the worker.
    private func promote(_ state: inout State) -> Promotion? {
        guard let task = state.spare.task, let waiting = state.spare.waiting,
            let claim = state.spare.promised.popFirst()
        else { return nil }
        // The next spare is made by this one only from now on.
        state.spare.task = nil
        state.spare.waiting = nil
        state.workers[claim.number]?.task = task
        return (waiting, claim)
    }

    // MARK: - Workers

    private struct Claim {
        let number: Int
        let generation: Int
    }

    /// The lowest free worker number, if one more worker may run.
    private func claimWorker(_ state: inout State) -> Claim? {
        guard state.running < capacity, let number = state.workers.firstIndex(where: { $0 == nil }) else { return nil }
        state.running += 1
        state.started += 1
        state.workers[number] = Worker(generation: state.started)
        return Claim(number: number, generation: state.started)
    }

    private func start(_ claim: Claim) {
        let task = Task(executorPreference: executor) { await self.work(claim) }
        let isLate = state.withLock { state in
            // The worker may have ended, or have been given up, before its task was known here.
            guard state.workers[claim.number]?.generation == claim.generation else { return true }
            state.workers[claim.number]?.task = task
            return state.isStopped
        }
        if isLate { task.cancel() }
    }

    private func work(_ claim: Claim) async {
        while true {
            switch nextBatch(claim) {
            case .batch(let batch):
                if batch.isAsynchronous {
                    await batch.run(worker: claim.number)
                } else {
                    batch.runBlocking(worker: claim.number)
                }
            case .none: return
            case .lost: return executor.lostThreadReturned()
            }
        }
    }

    private enum Next {
        case batch(TaskBatch)
        case none
        /// The worker's last batch was given up, and its number with it.
        case lost
    }

    /// One look for all: between two looks another worker could have been given the number.
    private func nextBatch(_ claim: Claim) -> Next {
        state.withLock { state in
            guard state.workers[claim.number]?.generation == claim.generation else { return .lost }
            if let batch = state.queue.popFirst() {
                state.workers[claim.number]?.batch = batch.id
                return .batch(batch)
            }
            state.workers[claim.number] = nil
            state.running -= 1
            return .none
        }
    }
}
