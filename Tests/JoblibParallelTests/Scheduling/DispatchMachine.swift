@testable import JoblibParallel

/// What the simulation asks of a machine, so that it can be shown to find a broken one.
protocol DispatchMachine {
    init(_ settings: Dispatch.Settings)
    mutating func pulled(_ count: Int, wanted: Int) -> Dispatch.Batch?
    mutating func ended(_ id: Int, _ outcome: SimulatedOutcome, now: UInt64) -> [Dispatch.Verdict]?
    mutating func taken(_ count: Int)
    mutating func stop()
    mutating func next(now: UInt64) -> Dispatch.Action
    func hasAction(now: UInt64) -> Bool
    var counts: DispatchCounts { get }
}

/// What came of a batch.
struct SimulatedOutcome {
    var succeeded: [Int] = []
    var failures: [(index: Int, delay: UInt64?)] = []
    var notRun: [Range<Int>] = []
    var runTime: Duration
}

struct DispatchCounts: Equatable {
    var pulled = 0
    var done = 0
    var failed = 0
    var untaken = 0
    var retried = 0
}

extension Dispatch: DispatchMachine {
    mutating func ended(_ id: Int, _ outcome: SimulatedOutcome, now: UInt64) -> [Verdict]? {
        batchEnded(
            id,
            succeeded: outcome.succeeded.count,
            failures: outcome.failures,
            runTime: outcome.runTime,
            notRun: outcome.notRun,
            now: now
        )
    }

    var counts: DispatchCounts {
        DispatchCounts(
            pulled: pulledTasks,
            done: doneTasks,
            failed: failedTasks,
            untaken: untakenTasks,
            retried: retriedTasks
        )
    }
}

/// A machine with one fault, which the simulation has to find.
struct FaultyDispatch: DispatchMachine {
    enum Fault: CaseIterable {
        case pullsBeyondTheWindow, ignoresTheBacklog, forgetsRetries, ignoresStops, neverStartsRetries,
            startsRetriesTwice
        case finishesEarly, neverFinishes, countsTwice, startsRetriesTooSoon, dropsTasksThatDidNotRun, skipsATask
    }

    var base: Dispatch
    /// `nil`: none, to show that the wrapper itself has none.
    var fault: Fault?
    var last: Dispatch.Batch?

    // The simulation makes its machine from settings alone.
    @TaskLocal static var chosen: Fault?

    init(_ settings: Dispatch.Settings) {
        fault = Self.chosen
        var settings = settings
        if fault == .pullsBeyondTheWindow { settings.window = settings.window.map { $0 + 1 } }
        if fault == .ignoresTheBacklog { settings.backlog = nil }
        base = Dispatch(settings)
    }

    mutating func pulled(_ count: Int, wanted: Int) -> Dispatch.Batch? {
        let batch = base.pulled(count, wanted: wanted)
        guard fault == .skipsATask, var short = batch, short.tasks.count > 1 else { return batch }
        short.tasks = short.tasks.dropLast()
        return short
    }

    mutating func ended(_ id: Int, _ outcome: SimulatedOutcome, now: UInt64) -> [Dispatch.Verdict]? {
        var changed = outcome
        switch fault {
        case .forgetsRetries: changed.failures = outcome.failures.filter { $0.delay == nil }
        case .dropsTasksThatDidNotRun: changed.notRun = []
        case .countsTwice: changed.succeeded += outcome.succeeded
        case .startsRetriesTooSoon: changed.failures = outcome.failures.map { ($0.index, $0.delay.map { $0 / 2 }) }
        default: break
        }
        return base.ended(id, changed, now: now)
    }

    mutating func taken(_ count: Int) { base.taken(count) }

    mutating func stop() {
        if fault != .ignoresStops { base.stop() }
    }

    mutating func next(now: UInt64) -> Dispatch.Action {
        if fault == .startsRetriesTwice, let batch = last {
            last = nil
            return .start(batch)
        }
        let action = base.next(now: now)
        switch action {
        case .start(let batch):
            last = batch
            return fault == .neverStartsRetries ? .wait(until: nil) : action
        case .wait: return fault == .finishesEarly && base.isExhausted ? .finish : action
        case .finish: return fault == .neverFinishes ? .wait(until: nil) : action
        case .pull: return action
        }
    }

    func hasAction(now: UInt64) -> Bool { base.hasAction(now: now) }
    var counts: DispatchCounts { base.counts }
}
