internal import Synchronization

/// What a task passes on to the calls made inside it.
final class RunScope: Sendable {
    /// The threads that the outermost call and all calls nested in it share.
    let budget: ThreadBudget
    private let givenSeed: UInt64?
    /// Drawn when it is first asked for: the system's randomness costs more than a short call.
    private let drawnSeed = Atomic<UInt64>(0)
    private let stopped = Atomic(false)

    init(budget: ThreadBudget, seed: UInt64?) {
        self.budget = budget
        self.givenSeed = seed
    }

    /// True once the call has ended early: its tasks should stop.
    var isStopped: Bool { stopped.load(ordering: .relaxed) }

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
