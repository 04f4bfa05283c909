/// The options that a call or a configuration gives; `nil` where it leaves one open.
struct ParallelOptions: Sendable {
    var jobs: JobCount?
    var backend: (any ParallelBackend)?
    var verbose: Int?
    var progress: ProgressStyle?
    var timeout: Duration?
    var preDispatch: PreDispatch?
    var batchSize: BatchSize?
    var temporaryDirectory: String?
    /// `.some(nil)`: never share.
    var sharedMemoryThreshold: ByteCount??
    var prefer: BackendHint?
    var require: BackendConstraint?
    var retries: RetryPolicy?
    var seed: UInt64?
    /// The task in which the configuration was made.
    var scope: ObjectIdentifier?

    /// The configuration around the code that asks.
    @TaskLocal static var configured: ParallelOptions?

    /// True when no option is given, but for the number of jobs.
    private(set) var namesJobsAtMost = false

    /// Looks once at all options, so that a call need not.
    mutating func settle() {
        namesJobsAtMost =
            backend == nil && verbose == nil && progress == nil && timeout == nil && preDispatch == nil
            && batchSize == nil && temporaryDirectory == nil && sharedMemoryThreshold == nil && prefer == nil
            && require == nil
            && retries == nil && seed == nil
    }

    /// These options, with those of `outer` where one is left open.
    func filled(from outer: ParallelOptions) -> ParallelOptions {
        ParallelOptions(
            jobs: jobs ?? outer.jobs,
            backend: backend ?? outer.backend,
            verbose: verbose ?? outer.verbose,
            progress: progress ?? outer.progress,
            timeout: timeout ?? outer.timeout,
            preDispatch: preDispatch ?? outer.preDispatch,
            batchSize: batchSize ?? outer.batchSize,
            temporaryDirectory: temporaryDirectory ?? outer.temporaryDirectory,
            sharedMemoryThreshold: sharedMemoryThreshold ?? outer.sharedMemoryThreshold,
            prefer: prefer ?? outer.prefer,
            require: require ?? outer.require,
            retries: retries ?? outer.retries,
            seed: seed ?? outer.seed,
            scope: scope
        )
    }
}
