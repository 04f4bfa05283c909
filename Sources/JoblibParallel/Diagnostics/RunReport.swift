/// What a parallel call did with its workers and its time.
///
/// ```swift
/// let (pages, report) = try Parallel(jobs: 8).mapWithReport(files) { try ocr($0) }
/// print(report)                                   // per worker, and a sentence of advice
/// try report.writeTimeline(to: "run.svg")
/// ```
public struct RunReport: Sendable {
    /// One worker's share of the run.
    public struct Worker: Sendable, Hashable {
        /// Which of the workers, from 0.
        public var index: Int
        /// Time spent inside tasks.
        public var busy: Duration
        /// Time spent encoding, sending and decoding; zero where workers share memory.
        public var transfer: Duration
        /// How many tasks it ran, failed ones included.
        public var tasks: Int
        /// In how many batches they came.
        public var batches: Int

        package init(index: Int, busy: Duration = .zero, transfer: Duration = .zero, tasks: Int = 0, batches: Int = 0) {
            self.index = index
            self.busy = busy
            self.transfer = transfer
            self.tasks = tasks
            self.batches = batches
        }
    }

    /// One batch on one worker: a bar of the timeline.
    public struct Span: Sendable, Hashable {
        /// How a span ended.
        public enum Outcome: String, Sendable, Hashable, Codable {
            case succeeded, failed, timedOut, cancelled
        }

        /// The input positions of the batch's tasks.
        public var tasks: Range<Int>
        /// The worker that ran it.
        public var worker: Int
        /// When it began, from the start of the call.
        public var start: Duration
        /// When it ended, from the start of the call.
        public var end: Duration
        /// How it ended: `failed` if any of its tasks failed.
        public var outcome: Outcome
        /// 1 for a first attempt, more after retries.
        public var attempt: Int

        package init(
            tasks: Range<Int>,
            worker: Int,
            start: Duration,
            end: Duration,
            outcome: Outcome = .succeeded,
            attempt: Int = 1
        ) {
            self.tasks = tasks
            self.worker = worker
            self.start = start
            self.end = end
            self.outcome = outcome
            self.attempt = attempt
        }
    }

    /// The backend's name, as in `"threads"`.
    public var backend: String
    /// How many tasks could run at once.
    public var jobs: Int
    /// The time from the call to its last result.
    public var elapsed: Duration
    /// How many tasks ended, failed ones included.
    public var tasks: Int
    /// How many tasks failed for good.
    public var failed: Int
    /// How many further attempts were made.
    public var retried: Int
    /// The workers that took part, by index.
    public var workers: [Worker]
    /// What ran where and when, by start; empty unless the run was recorded by `mapWithReport`.
    public var spans: [Span]

    package init(
        backend: String,
        jobs: Int,
        elapsed: Duration,
        tasks: Int,
        failed: Int = 0,
        retried: Int = 0,
        workers: [Worker] = [],
        spans: [Span] = []
    ) {
        self.backend = backend
        self.jobs = jobs
        self.elapsed = elapsed
        self.tasks = tasks
        self.failed = failed
        self.retried = retried
        self.workers = workers
        self.spans = spans
    }
}
