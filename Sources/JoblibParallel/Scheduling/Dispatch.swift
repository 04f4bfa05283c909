internal import DequeModule

/// Decides what a parallel call does next. Knows no thread and no clock: events in, actions out.
///
/// The driver (``RunCore``) tells what happened and asks for the next action until it is told to wait. Every event that can
/// change the answer is followed by asking again. Times are nanoseconds on the driver's clock.
///
/// What holds at any moment, and is tested with random orders of events:
/// - at most `window` batches are under way, retries not counted;
/// - each task is delivered exactly once, unless the call stops;
/// - nothing starts after a stop;
/// - until the call is finished there is an action, a batch under way, a time to wait for, or a consumer to wait for.
package struct Dispatch: Sendable {
    package struct Settings: Sendable {
        /// How many batches can run at once.
        var jobs: Int
        /// How many batches may be under way; `nil`: no limit.
        var window: Int?
        /// What messages tell of ``window``.
        var shownWindow: Int?
        /// How many tasks make a batch; `nil`: found by measuring.
        var batchSize: Int?
        /// How many more times a failed task is tried.
        var retries = 0
        /// The first failure ends the call.
        var failsFast = true
        /// How many batches of finished tasks may wait for the consumer; `nil`: no limit.
        var backlog: Int?
        /// How many tasks there are, when the input tells.
        var total: Int?
        /// No batch is larger.
        var largestBatch: Int

        package init(
            jobs: Int,
            window: Int?,
            shownWindow: Int? = nil,
            batchSize: Int? = nil,
            retries: Int = 0,
            failsFast: Bool = true,
            backlog: Int? = nil,
            total: Int? = nil,
            largestBatch: Int = .max
        ) {
            self.jobs = jobs
            self.window = window
            self.shownWindow = shownWindow ?? window
            self.batchSize = batchSize
            self.retries = retries
            self.failsFast = failsFast
            self.backlog = backlog
            self.total = total
            self.largestBatch = largestBatch
        }
    }

    /// Tasks that travel together: a run of neighbours in the input.
    package struct Batch: Sendable, Hashable {
        package var id: Int
        package var tasks: Range<Int>
        /// 1 for the first attempt.
        package var attempt: Int
        /// True for a task that is run again; it does not count towards the window.
        package var isRerun: Bool

        package init(id: Int, tasks: Range<Int>, attempt: Int, isRerun: Bool = false) {
            self.id = id
            self.tasks = tasks
            self.attempt = attempt
            self.isRerun = isRerun
        }
    }

    package enum Action: Sendable, Hashable {
        /// Take this many elements from the input and report ``Dispatch/pulled(_:wanted:)``.
        case pull(Int)
        /// Start a batch that is to be tried again.
        case start(Batch)
        /// Nothing to do before the next event, or before the time given.
        case wait(until: UInt64?)
        /// Everything has ended.
        case finish
    }

    /// What becomes of a task that failed.
    package enum Verdict: Sendable, Hashable {
        case retry, final
    }

    package let settings: Settings
    private(set) var sizer: BatchSizer
    /// How many batches have ended, retries not counted.
    private(set) var endedBatches = 0
    private var nextID = 0
    /// By due time.
    private var retryQueue: Deque<(due: UInt64, index: Int, attempt: Int)> = []
    private var rerunsUnderWay = 0

    /// Batches that run or wait at a worker, by identifier.
    package private(set) var underWay: [Int: Batch] = [:]
    /// How many tasks have been taken from the input.
    package private(set) var pulledTasks = 0
    /// How many batches have been made of them.
    package private(set) var pulledBatches = 0
    /// True once the input has come to its end.
    package private(set) var isExhausted = false
    /// True once the call was stopped.
    package private(set) var isStopped = false
    /// How many tasks have ended for good.
    package private(set) var doneTasks = 0
    /// How many of these failed.
    package private(set) var failedTasks = 0
    /// How many further attempts have been started.
    package private(set) var retriedTasks = 0
    /// How many tasks have ended and not been taken by the consumer.
    package private(set) var untakenTasks = 0

    package init(_ settings: Settings) {
        self.settings = settings
        self.sizer = BatchSizer(fixed: settings.batchSize, jobs: settings.jobs, largest: settings.largestBatch)
    }

    // MARK: - What happened

    /// The driver took `count` elements from the input. Fewer than `wanted` means that the input has ended.
    ///
    /// - Returns: The batch to start, unless no element came or the call was stopped meanwhile.
    package mutating func pulled(_ count: Int, wanted: Int) -> Batch? {
        if count < wanted { isExhausted = true }
        let first = pulledTasks
        pulledTasks += count
        guard count > 0, !isStopped else { return nil }
        pulledBatches += 1
        return started(Batch(id: nextID, tasks: first..<pulledTasks, attempt: 1))
    }

    private mutating func started(_ batch: Batch) -> Batch {
        nextID += 1
        underWay[batch.id] = batch
        if batch.isRerun { rerunsUnderWay += 1 }
        return batch
    }

    /// A batch has ended, by itself or because the driver gave it up.
    ///
    /// - Parameters:
    ///   - succeeded: How many of its tasks have a result.
    ///   - failures: For each failed task, whether its kind of failure is one to try again, and after what delay.
    ///   - runTime: How long the worker was busy, when it is known.
    ///   - notRun: Tasks of the batch that never started, as behind one that took its worker down: they are tried again at
    ///     once, and it does not count as an attempt.
    /// - Returns: What becomes of each failure, in the order given; `nil` when the batch was not under way any more, and what
    ///   it brought is to be dropped.
    package mutating func batchEnded(
        _ id: Int,
        succeeded: Int,
        failures: [(index: Int, delay: UInt64?)] = [],
        runTime: Duration? = nil,
        notRun: [Range<Int>] = [],
        now: UInt64
    ) -> [Verdict]? {
        guard let batch = underWay.removeValue(forKey: id) else { return nil }
        if batch.isRerun { rerunsUnderWay -= 1 } else { endedBatches += 1 }
        if let runTime { sizer.batchEnded(tasks: succeeded + failures.count, runTime: runTime) }
        doneTasks += succeeded
        untakenTasks += succeeded
        let verdicts = failures.map { failure -> Verdict in
            if let delay = failure.delay, batch.attempt <= settings.retries, !isStopped {
                enqueueRetry(failure.index, attempt: batch.attempt + 1, due: now &+ delay)
                return .retry
            }
            doneTasks += 1
            failedTasks += 1
            untakenTasks += 1
            return .final
        }
        for index in notRun.joined() { enqueueRetry(index, attempt: batch.attempt, due: now) }
        if settings.failsFast, verdicts.contains(.final) { stop() }
        return verdicts
    }

    private mutating func enqueueRetry(_ index: Int, attempt: Int, due: UInt64) {
        if isStopped { return }
        // Searched by halves: a batch of many short tasks can fail as a whole.
        var (place, end) = (0, retryQueue.count)
        while place < end {
            let middle = (place + end) / 2
            if retryQueue[middle].due > due { end = middle } else { place = middle + 1 }
        }
        retryQueue.insert((due, index, attempt), at: place)
    }

    /// The consumer took this many results.
    package mutating func taken(_ count: Int) {
        untakenTasks -= count
    }

    /// Ends the call: nothing starts any more.
    package mutating func stop() {
        isStopped = true
        retryQueue = []
    }

    /// As ``BatchSizer/changeToTell()``.
    mutating func batchSizeChange() -> BatchSizer.Change? { sizer.changeToTell() }

    // MARK: - What to do

    /// When the next task is to be tried again.
    package var nextRetry: UInt64? { retryQueue.first?.due }

    /// True when ``next(now:)`` would have something else to say than to wait.
    package func hasAction(now: UInt64) -> Bool {
        isStopped || mayPull || nextRetry.map { $0 <= now } == true || isComplete
    }

    private var isComplete: Bool { isExhausted && underWay.isEmpty && retryQueue.isEmpty }

    /// The next thing to do.
    package mutating func next(now: UInt64) -> Action {
        if isStopped { return .finish }
        if let retry = retryQueue.first, retry.due <= now {
            retryQueue.removeFirst()
            if retry.attempt > 1 { retriedTasks += 1 }
            let tasks = retry.index..<retry.index + 1
            return .start(started(Batch(id: nextID, tasks: tasks, attempt: retry.attempt, isRerun: true)))
        }
        if mayPull { return .pull(sizer.next(remaining: settings.total.map { $0 - pulledTasks })) }
        if isComplete { return .finish }
        return .wait(until: nextRetry)
    }

    private var mayPull: Bool {
        if isExhausted { return false }
        // A task that waits for its retry may be the one the consumer waits for: it does not take a place.
        if let window = settings.window, underWay.count - rerunsUnderWay >= window { return false }
        guard let backlog = settings.backlog else { return true }
        let (limit, isBeyondCounting) = backlog.multipliedReportingOverflow(by: sizer.next(remaining: nil))
        return isBeyondCounting || untakenTasks < limit
    }
}
