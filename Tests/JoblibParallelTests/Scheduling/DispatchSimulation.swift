@testable import JoblibParallel

/// Drives a machine through one call with random orders of events, and checks what `Dispatch` promises against books of
/// its own.
struct DispatchSimulation<Machine: DispatchMachine> {
    struct Violation: Error, CustomStringConvertible {
        let description: String
    }

    struct Plan {
        var settings: Dispatch.Settings
        var tasks: Int
        var failureChance: Int
        var stopChance: Int
        var losesWorkers: Bool
    }

    private let plan: Plan
    private var random: TaskRandom
    private var machine: Machine
    private var now: UInt64 = 0
    private var books = DispatchCounts()
    private var isExhausted = false
    private var isStopped = false
    private var underWay: [Int: Dispatch.Batch] = [:]
    /// Tasks that wait for another attempt.
    private var waiting: [Int: (due: UInt64, attempt: Int)] = [:]
    private var delivered: [Int]

    init(seed: Int) {
        random = TaskRandom(seed: 7, taskIndex: seed)
        plan = Self.plan(&random)
        machine = Machine(plan.settings)
        delivered = Array(repeating: 0, count: plan.tasks)
    }

    private static func plan(_ random: inout TaskRandom) -> Plan {
        let tasks = Int.random(in: 0...60, using: &random)
        let settings = Dispatch.Settings(
            jobs: .random(in: 1...4, using: &random),
            window: [nil, 1, 2, 3, 8].randomElement(using: &random) ?? nil,
            batchSize: [nil, 1, 2, 7, 100].randomElement(using: &random) ?? nil,
            retries: .random(in: 0...3, using: &random),
            failsFast: .random(using: &random),
            backlog: [nil, nil, 1, 2, .max].randomElement(using: &random) ?? nil,
            total: .random(using: &random) ? tasks : nil
        )
        return Plan(
            settings: settings,
            tasks: tasks,
            failureChance: [0, 5, 50, 100].randomElement(using: &random) ?? 0,
            stopChance: [0, 0, 0, 2].randomElement(using: &random) ?? 0,
            losesWorkers: .random(using: &random)
        )
    }

    /// Runs the call to its end.
    mutating func run() throws {
        for _ in 0..<100_000 {
            let action = machine.next(now: now)
            if try perform(action) { return }
            if chance(30) { try somethingHappens() }
            try check(machine.counts == books, "counts \(machine.counts), expected \(books)")
        }
        throw Violation(description: "the call does not come to its end")
    }

    // MARK: - Actions

    /// - Returns: True at the end.
    private mutating func perform(_ action: Dispatch.Action) throws -> Bool {
        switch action {
        case .pull(let wanted): try pull(wanted)
        case .start(let batch): try startAgain(batch)
        case .wait(let due): try wait(until: due)
        case .finish:
            if isStopped { return true }
            try check(isExhausted && underWay.isEmpty, "finished with batches under way")
            try check(delivered.allSatisfy { $0 == 1 }, "finished without having delivered every task once")
            return true
        }
        return false
    }

    private mutating func pull(_ wanted: Int) throws {
        try check(wanted >= 1, "pulls \(wanted)")
        try check(!isStopped, "pulls after a stop")
        try check(!isExhausted, "pulls from an input that has ended")
        let first = underWay.values.filter { !$0.isRerun }.count
        try check(plan.settings.window.map { first < $0 } ?? true, "pulls with \(first) batches under way")
        if let size = plan.settings.batchSize, let backlog = plan.settings.backlog {
            let (limit, overflow) = size.multipliedReportingOverflow(by: backlog)
            try check(overflow || books.untaken < limit, "pulls while \(books.untaken) results wait")
        }
        let count = min(wanted, plan.tasks - books.pulled)
        if count < wanted { isExhausted = true }
        // Taking from the input may take long: the call may stop meanwhile.
        if chance(plan.stopChance) { stop() }
        let batch = machine.pulled(count, wanted: wanted)
        let expected = books.pulled..<books.pulled + count
        books.pulled += count
        guard let batch else { return try check(count == 0 || isStopped, "no batch for \(count) tasks") }
        try check(!isStopped, "starts a batch after a stop")
        try check(batch.tasks == expected && batch.attempt == 1 && !batch.isRerun, "wrong batch \(batch)")
        try begin(batch)
    }

    private mutating func startAgain(_ batch: Dispatch.Batch) throws {
        try check(!isStopped, "starts a batch after a stop")
        for index in batch.tasks {
            guard let wanted = waiting.removeValue(forKey: index) else {
                throw Violation(description: "task \(index) is run again without need")
            }
            try check(wanted.due <= now, "task \(index) is run again too soon")
            try check(wanted.attempt == batch.attempt && batch.isRerun, "wrong attempt \(batch)")
        }
        if batch.attempt > 1 { books.retried += 1 }
        try begin(batch)
    }

    private mutating func begin(_ batch: Dispatch.Batch) throws {
        try check(underWay.updateValue(batch, forKey: batch.id) == nil, "two batches have the number \(batch.id)")
    }

    private mutating func wait(until due: UInt64?) throws {
        try check(!isStopped, "waits after a stop")
        try check(due.map { $0 > now } ?? true, "waits for a time that has come")
        try check(due == nil ? waiting.isEmpty : !waiting.isEmpty, "does not wait for the next attempt")
        if try somethingHappens() { return }
        guard let due else { throw Violation(description: "waits, and nothing is there to wait for") }
        now = due
    }

    // MARK: - Events

    @discardableResult
    private mutating func somethingHappens() throws -> Bool {
        if chance(plan.stopChance) {
            stop()
            return true
        }
        var happened = false
        if plan.settings.backlog != nil, books.untaken > 0, chance(50) || underWay.isEmpty {
            let count = Int.random(in: 1...books.untaken, using: &random)
            machine.taken(count)
            books.untaken -= count
            happened = true
        }
        if let batch = underWay.values.sorted(by: { $0.id < $1.id }).randomElement(using: &random),
            chance(70) || !happened
        {
            try end(batch)
            happened = true
        }
        now += .random(in: 0...3, using: &random)
        var copy = machine
        let action = copy.next(now: now)
        var isWait = false
        if case .wait = action { isWait = true }
        try check(machine.hasAction(now: now) == !isWait, "hasAction is wrong about \(action)")
        return happened
    }

    private mutating func stop() {
        isStopped = true
        waiting = [:]
        machine.stop()
    }

    private mutating func end(_ batch: Dispatch.Batch) throws {
        underWay[batch.id] = nil
        let outcome = outcome(of: batch)
        let verdicts = machine.ended(batch.id, outcome, now: now)
        try settle(batch, outcome, verdicts)
        let again = machine.ended(batch.id, outcome, now: now)
        try check(again == nil, "a batch that is not under way is counted")
    }

    private mutating func outcome(of batch: Dispatch.Batch) -> SimulatedOutcome {
        let runTimes: [Duration] = [.zero, .nanoseconds(50), .microseconds(20), .milliseconds(5), .seconds(100)]
        var outcome = SimulatedOutcome(runTime: runTimes.randomElement(using: &random) ?? .zero)
        for index in batch.tasks {
            guard chance(plan.failureChance) else {
                outcome.succeeded.append(index)
                continue
            }
            let delay: UInt64? = [nil, 0, 4, 1000].randomElement(using: &random) ?? nil
            outcome.failures.append((index, delay))
            // As the driver does: what is behind a failure that ends the call is not run.
            if plan.settings.failsFast, delay == nil || batch.attempt > plan.settings.retries { break }
            if plan.losesWorkers, chance(20) {
                outcome.notRun = [index + 1..<batch.tasks.upperBound]
                break
            }
        }
        return outcome
    }

    private mutating func settle(
        _ batch: Dispatch.Batch,
        _ outcome: SimulatedOutcome,
        _ verdicts: [Dispatch.Verdict]?
    ) throws {
        guard let verdicts, verdicts.count == outcome.failures.count else {
            throw Violation(description: "not a verdict for each failure")
        }
        for index in outcome.succeeded { try deliver(index) }
        var ends = false
        for (failure, verdict) in zip(outcome.failures, verdicts) {
            let delay = batch.attempt <= plan.settings.retries && !isStopped ? failure.delay : nil
            try check(verdict == (delay == nil ? .final : .retry), "wrong verdict for task \(failure.index)")
            if let delay {
                waiting[failure.index] = (now + delay, batch.attempt + 1)
            } else {
                try deliver(failure.index)
                books.failed += 1
                ends = plan.settings.failsFast
            }
        }
        for index in outcome.notRun.joined() where !isStopped { waiting[index] = (now, batch.attempt) }
        if ends {
            isStopped = true
            waiting = [:]
        }
    }

    private mutating func deliver(_ index: Int) throws {
        delivered[index] += 1
        books.done += 1
        books.untaken += 1
        try check(delivered[index] == 1, "task \(index) is delivered twice")
    }

    // MARK: -

    private mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &random) < percent
    }

    private func check(_ condition: Bool, _ violation: @autoclosure () -> String) throws {
        if !condition { throw Violation(description: "\(violation()) [\(plan)]") }
    }
}
