/// Gives every parallel call inside `body` other defaults.
///
/// What a call itself is given wins; of nested configurations the inner one. Calls made inside the tasks of a call do not
/// see the configuration around it: they start from the defaults.
///
/// ```swift
/// let report = try withParallelConfiguration(jobs: 4, verbose: 5) {
///     try summarise(files)          // every Parallel in there uses 4 jobs
/// }
/// ```
///
/// - Parameters: As ``Parallel/init(jobs:backend:verbose:progress:timeout:preDispatch:batchSize:temporaryDirectory:sharedMemoryThreshold:prefer:require:retries:seed:)``.
/// - Throws: What `body` throws. A value that makes no sense is reported by the call that uses it.
public func withParallelConfiguration<R>(
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
    seed: UInt64? = nil,
    _ body: () throws -> R
) rethrows -> R {
    let parallel = Parallel(
        jobs: jobs,
        backend: backend,
        verbose: verbose,
        progress: progress,
        timeout: timeout,
        preDispatch: preDispatch,
        batchSize: batchSize,
        temporaryDirectory: temporaryDirectory,
        sharedMemoryThreshold: sharedMemoryThreshold,
        prefer: prefer,
        require: require,
        retries: retries,
        seed: seed
    )
    return try ParallelOptions.$configured.withValue(parallel.options.asConfiguration, operation: body)
}

/// Gives every parallel call inside `body` other defaults, for asynchronous code.
///
/// - Parameters: As ``Parallel/init(jobs:backend:verbose:progress:timeout:preDispatch:batchSize:temporaryDirectory:sharedMemoryThreshold:prefer:require:retries:seed:)``.
/// - Throws: What `body` throws.
public func withParallelConfiguration<R>(
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
    seed: UInt64? = nil,
    _ body: () async throws -> R
) async rethrows -> R {
    let parallel = Parallel(
        jobs: jobs,
        backend: backend,
        verbose: verbose,
        progress: progress,
        timeout: timeout,
        preDispatch: preDispatch,
        batchSize: batchSize,
        temporaryDirectory: temporaryDirectory,
        sharedMemoryThreshold: sharedMemoryThreshold,
        prefer: prefer,
        require: require,
        retries: retries,
        seed: seed
    )
    return try await ParallelOptions.$configured.withValue(parallel.options.asConfiguration) { try await body() }
}

extension ParallelOptions {
    /// These options inside the configuration around the code that asks, which belongs to the same task.
    var asConfiguration: ParallelOptions {
        let scope = RunScope.current
        var options = filled(from: .inForce(inside: scope))
        options.scope = scope.map(ObjectIdentifier.init)
        return options
    }
}
