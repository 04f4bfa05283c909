/// A parallel `for` loop that reads like a `map`.
///
/// A `Parallel` is a value that holds options; nothing starts until it is called.
///
/// ```swift
/// let hogs = try Parallel(jobs: 8).map(files) { try hog($0) }
/// let roots = try Parallel(jobs: 2)((0..<10).map { delayed(sqrt)(Double($0 * $0)) })
/// ```
///
/// An option that is not given comes from the innermost ``withParallelConfiguration(jobs:backend:verbose:progress:timeout:preDispatch:batchSize:temporaryDirectory:sharedMemoryThreshold:prefer:require:retries:seed:_:)``,
/// then from the defaults below.
///
/// Results come in the order of the input. The first task that fails ends the call with a ``TaskFailure``: nothing new
/// starts, tasks that run are told to stop (``TaskContext/isCancelled``), and are left behind, as a thread can't be stopped.
/// Asynchronous bodies are cancelled and waited for.
public struct Parallel: Sendable {
    var options: ParallelOptions
    /// The workers of the `withPool` that made this value.
    var pool: CallPool?

    /// Makes a value of options.
    ///
    /// - Parameters:
    ///   - jobs: How many tasks run at once: `1` in the caller, `-1` or `.allProcessors` one a processor, `-2` all but one.
    ///     `0` is refused when the call is made. Default: all processors; inside a task of another call, 1.
    ///   - backend: Where tasks run. Default: `.threads`, or what `JOBLIB_BACKEND` names.
    ///   - verbose: joblib's progress messages on standard error: 0 none, 1 to 10 more and more, above 10 one for each batch.
    ///   - progress: A bar, or a handler that is told of each batch.
    ///   - timeout: How long a task may run, counted from its own start. A task that takes longer fails with
    ///     ``TaskFailure/Reason/timedOut(after:)``. With a timeout every task travels alone, whatever `batchSize` says.
    ///   - preDispatch: How many batches are taken from the input ahead of the workers. Default `"2*n_jobs"`.
    ///   - batchSize: How many tasks travel to a worker together. Default `.automatic`: as many as run for about a millisecond.
    ///   - temporaryDirectory: Where backends in other processes share large arrays (joblib's `temp_folder`).
    ///   - sharedMemoryThreshold: From which size on such backends share arrays instead of copying them; `nil`: never
    ///     (joblib's `max_nbytes`). Default `"1M"`.
    ///   - prefer: A wish, heeded where no backend is chosen.
    ///   - require: A demand: `.sharedMemory` replaces a backend of the configuration, and contradicts one that is given here.
    ///   - retries: How often failed tasks are tried again. Default `.none`.
    ///   - seed: Makes ``TaskContext/random`` the same in every run, on any backend and with any number of jobs.
    public init(
        jobs: JobCount? = nil,
        backend: (any ParallelBackend)? = nil,
        verbose: Int? = nil,
        progress: ProgressStyle? = nil,
        timeout: Duration? = nil,
        preDispatch: PreDispatch? = nil,
        batchSize: BatchSize? = nil,
        temporaryDirectory: String? = nil,
        sharedMemoryThreshold: ByteCount? = .inherited,
        prefer: BackendHint? = nil,
        require: BackendConstraint? = nil,
        retries: RetryPolicy = .inherited,
        seed: UInt64? = nil
    ) {
        options = ParallelOptions(
            jobs: jobs,
            backend: backend,
            verbose: verbose,
            progress: progress,
            timeout: timeout,
            preDispatch: preDispatch,
            batchSize: batchSize,
            temporaryDirectory: temporaryDirectory,
            sharedMemoryThreshold: sharedMemoryThreshold == .inherited ? .none : .some(sharedMemoryThreshold),
            prefer: prefer,
            require: require,
            retries: retries.isInherited ? nil : retries,
            seed: seed
        )
        options.settle()
    }

    /// The report of the call of this process that ended last, on any thread; `nil` before the first.
    ///
    /// Spans are kept only by ``mapWithReport(_:_:)``.
    public static var lastReport: RunReport? { LastReport.value }
}

extension Parallel: CustomStringConvertible {
    /// `Parallel(jobs: 8)`.
    public var description: String { "Parallel(jobs: \(options.jobs?.description ?? "nil"))" }
}
