internal import JoblibSystem

extension RunPlan {
    /// Checks the options of a call and fills in what they leave open.
    ///
    /// - Throws: ``JoblibError`` for an option, or a pair of options, that makes no sense.
    init(_ given: ParallelOptions, pool: CallPool? = nil) throws {
        let parent = RunScope.current
        // A call inside a task starts from the defaults: what was configured around the outer call was meant for that.
        let outer = ParallelOptions.inForce(inside: parent)
        let options = given.filled(from: outer)
        try BackendConstraint.check(prefer: options.prefer, require: options.require)

        let (backend, wasReplaced) = try Self.backend(given: given, outer: outer, options: options)
        isBackendWish = given.backend == nil && outer.backend == nil && options.prefer != nil
        // joblib's rule: the jobs that were configured went with the backend that was configured.
        let asked = wasReplaced ? given.jobs ?? 1 : options.jobs
        let processors = ProcessorCache.count
        let jobs = try backend.effectiveJobs(asked ?? (parent == nil ? nil : 1), processors: processors)
        if jobs < 1 { throw JoblibError.noActiveWorker(backend: backend.name) }
        try options.retries?.validate()
        if let timeout = options.timeout, timeout <= .zero { throw JoblibError.timeoutNotPositive(timeout) }

        let batchSize = try (options.batchSize ?? .automatic).tasks()
        // One task at a time needs no second thread, unless somebody must be able to leave it behind.
        let inCaller = jobs == 1 && type(of: backend) == ThreadsBackend.self && options.timeout == nil
        self.backend = inCaller ? SequentialBackend() : backend
        self.jobs = jobs
        self.label = options.jobs?.number ?? (parent == nil ? -1 : 1)
        self.window = try (options.preDispatch ?? .perJob(2)).tasks(jobs: jobs)
        self.isWindowGiven = options.preDispatch != nil
        self.chunkSize = batchSize
        self.batchSize = options.timeout != nil ? 1 : backend.runsInCaller || inCaller ? batchSize ?? 1 : batchSize
        self.largestBatch = backend.largestBatch
        self.timeout = options.timeout
        self.retries = options.retries ?? .none
        self.verbose = options.verbose ?? 0
        self.progress = options.progress ?? .hidden
        self.temporaryDirectory = options.temporaryDirectory
        self.sharedMemoryThreshold = try options.sharedMemoryThreshold.map { try $0?.bytes() } ?? 1 << 20
        self.seed = options.seed
        self.pool = pool?.threads ?? .shared
        self.workers = pool?.workers ?? .shared
        self.parent = parent
    }

    private static func backend(
        given: ParallelOptions,
        outer: ParallelOptions,
        options: ParallelOptions
    ) throws -> (any ParallelBackend, wasReplaced: Bool) {
        if let backend = given.backend {
            if options.require == .sharedMemory, !backend.sharesMemory {
                throw JoblibError.lacksSharedMemory(backend: backend.name)
            }
            return (backend, false)
        }
        if let backend = outer.backend {
            if options.require == .sharedMemory, !backend.sharesMemory { return (ThreadsBackend(), true) }
            return (backend, false)
        }
        if options.prefer == .processes { return (ProcessesBackend(), false) }
        guard options.prefer == nil, options.require == nil else { return (ThreadsBackend(), false) }
        return (try ParallelBackendRegistry.environmentBackend() ?? ThreadsBackend(), false)
    }
}

extension ParallelOptions {
    /// What a call starts from: the configuration around it, if that was made in the same task.
    static func inForce(inside task: RunScope?) -> ParallelOptions {
        guard let configured, configured.scope == task.map(ObjectIdentifier.init) else { return ParallelOptions() }
        return configured
    }
}
