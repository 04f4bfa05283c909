internal import JoblibSystem
internal import Synchronization

/// What a task passes on to the calls made inside it.
final class RunScope: Sendable {
    /// The call that this one is made in.
    private let parent: RunScope?
    private let limit: Int
    private let callerWorks: Bool
    private let ownBudget = Lock<ThreadBudget?>(nil)
    private let stopped = Atomic(false)
    private let givenSeed: UInt64?
    /// The budget's limit; `nil`: as many as there are processors or jobs.
    private let budgetLimit: Int?
    /// In a worker process: the parent's word.
    private let isStoppedOutside: (@Sendable () -> Bool)?
    /// Drawn when it is first asked for: the system's randomness costs more than a short call.
    private let drawnSeed = Atomic<UInt64>(0)

    /// - Parameters:
    ///   - parent: The scope of the task that makes the call.
    ///   - jobs: How many tasks the call runs at once.
    ///   - callerWorks: True when the calling thread runs tasks, and so needs a permit of the call's own budget.
    ///   - seed: What the call was given.
    init(parent: RunScope?, jobs: Int, callerWorks: Bool, seed: UInt64?) {
        self.parent = parent
        self.limit = jobs
        self.callerWorks = callerWorks
        self.givenSeed = seed
        budgetLimit = nil
        isStoppedOutside = nil
    }

    /// The scope of tasks in a worker process.
    init(jobs: Int, seed: UInt64, budgetLimit: Int, isStoppedOutside: @escaping @Sendable () -> Bool) {
        parent = nil
        limit = jobs
        callerWorks = true
        givenSeed = seed
        self.budgetLimit = budgetLimit
        self.isStoppedOutside = isStoppedOutside
    }

    /// The threads that the outermost call and all calls nested in it share.
    ///
    /// Made when it is first asked for: a short call never does.
    var budget: ThreadBudget {
        if let parent { return parent.budget }
        return ownBudget.withLock { budget in
            if let budget { return budget }
            let made = ThreadBudget(limit: budgetLimit ?? max(limit, ProcessorCache.count), taken: callerWorks ? 1 : 0)
            budget = made
            return made
        }
    }

    /// True once the call has ended early: its tasks should stop.
    var isStopped: Bool { stopped.load(ordering: .relaxed) || parent?.isStopped == true || isStoppedOutside?() == true }

    func stop() { stopped.store(true, ordering: .relaxed) }

    /// The seed of the call: given, or drawn once for it.
    var seed: UInt64 {
        if let givenSeed { return givenSeed }
        let seen = drawnSeed.load(ordering: .relaxed)
        if seen != 0 { return seen }
        let drawn = UInt64.random(in: 1 ... .max)
        let (isFirst, original) = drawnSeed.compareExchange(expected: 0, desired: drawn, ordering: .relaxed)
        return isFirst ? drawn : original
    }

    /// The scope of the task that asks; `nil` outside tasks.
    static var current: RunScope? {
        TaskFrame.onThisThread?.scope ?? TaskFrame.ofThisTask?.scope
    }
}
