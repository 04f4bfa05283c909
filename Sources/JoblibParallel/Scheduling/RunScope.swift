/// What a task passes on to the calls made inside it.
final class RunScope: Sendable {
    /// The threads that the outermost call and all calls nested in it share.
    let budget: ThreadBudget
    /// The seed of the call: given, or drawn once for it.
    let seed: UInt64
    /// Raised when the call ends early.
    let signal: StopSignal

    init(budget: ThreadBudget, seed: UInt64, signal: StopSignal = StopSignal()) {
        self.budget = budget
        self.seed = seed
        self.signal = signal
    }

    /// The scope of the task that asks; `nil` outside tasks.
    static var current: RunScope? {
        TaskFrame.onThisThread?.scope ?? TaskFrame.ofThisTask?.scope
    }
}
