// Every text of the errors about options and backends, in one place, so that the wording can be read as a whole.
// Each says what, to what and why in the message, and what to do in the remedy. joblib's words are kept where it has some.

// MARK: - jobs

extension JoblibError {
    package static var jobsZero: Self {
        Self(
            code: .invalidArgument,
            message: "jobs == 0 in Parallel has no meaning",
            remedy: "Write 1 to run in the caller, .allProcessors or -1 for all processors, or how many run at once."
        )
    }

    package static func tooManyJobs(_ jobs: Int, maximum: Int) -> Self {
        Self(
            code: .invalidArgument,
            message: "jobs == \(jobs) in Parallel is more than the \(maximum) workers that one call can have",
            remedy: "Write .allProcessors, or what the machine can run at once; the input may be of any length."
        )
    }

    package static func negativeException(_ processors: Int) -> Self {
        Self(
            code: .invalidArgument,
            message: "jobs: .allProcessors(except: \(processors)) cannot leave out a negative number of processors",
            remedy: "Write how many processors to leave free, 0 or more."
        )
    }
}

// MARK: - preDispatch, batchSize

extension JoblibError {
    private static let preDispatchForms =
        "Write .all, a number, .perJob(1.5), or an expression of numbers, n_jobs, + - * / // % ** and parentheses "
        + "such as \"2*n_jobs\"."

    /// - Parameters:
    ///   - expression: The text with the number of jobs put in for `n_jobs`, as it was computed.
    ///   - written: The text as the user wrote it.
    package static func invalidExpression(_ expression: String, written: String) -> Self {
        Self(
            code: .invalidArgument,
            message: "\(quoted(expression)) is not a valid or supported arithmetic expression.",
            remedy: preDispatchOrigin(expression, written) + preDispatchForms
        )
    }

    package static func expressionTooLong(_ expression: String, maximum: Int) -> Self {
        let start = String(String.UnicodeScalarView(expression.unicodeScalars.prefix(maximum)))
        return Self(
            code: .invalidArgument,
            message: "Expression \(quoted(start))... is too long. "
                + "Max length is \(maximum), got \(expression.unicodeScalars.count).",
            remedy: "Compute the number beforehand and pass it as preDispatch: PreDispatch(number)."
        )
    }

    package static func numberTooLarge(_ number: String, expression: String, written: String, maximum: Int) -> Self {
        Self(
            code: .invalidArgument,
            message: "Numeric literal \(number) is too large, max is \(maximum).",
            remedy: preDispatchOrigin(expression, written) + "Write .all to take the whole input at once."
        )
    }

    package static func preDispatchBelowOne(_ written: String, value: String, jobs: Int) -> Self {
        let origin = written == value ? "" : " from \(written) with n_jobs = \(jobs)"
        return Self(
            code: .invalidArgument,
            message: "preDispatch must come to at least one task, got: \(value)\(origin)",
            remedy: preDispatchForms
        )
    }

    package static func preDispatchNotFinite(_ factor: Double) -> Self {
        Self(
            code: .invalidArgument,
            message: "preDispatch: .perJob(\(factor)) is not a number of tasks",
            remedy: "Write .all to take the whole input at once, or a factor such as .perJob(2)."
        )
    }

    package static func batchSizeNotPositive(_ size: Int) -> Self {
        Self(
            code: .invalidArgument,
            message: "batchSize must be .automatic or a positive integer, got: \(size)",
            remedy: "Leave it out, or write how many tasks go to a worker at a time."
        )
    }

    private static func preDispatchOrigin(_ expression: String, _ written: String) -> String {
        expression == written ? "" : "It comes from preDispatch: \(quoted(written)). "
    }
}

// MARK: - Sizes, time, retries

extension JoblibError {
    package static func unreadableByteCount(_ text: String) -> Self {
        Self(
            code: .invalidArgument,
            message: "Invalid literal for size given: \(shortened(text)) (type String) "
                + "should be alike '10G', '500M', '50K'.",
            remedy: "Units are K, M and G in capitals, powers of 1024; bytes are a number without quotation marks."
        )
    }

    package static func negativeByteCount(_ written: String) -> Self {
        Self(
            code: .invalidArgument,
            message: "A size in bytes cannot be negative, got: \(shortened(written))",
            remedy: "Write 0 or more."
        )
    }

    package static func byteCountTooLarge(_ written: String) -> Self {
        Self(
            code: .invalidArgument,
            message: "A size must be at most \(Int.max) bytes, got: \(shortened(written))",
            remedy: "Write a smaller size, or nil for an option that can be without one."
        )
    }

    package static func timeoutNotPositive(_ timeout: Duration) -> Self {
        Self(
            code: .invalidArgument,
            message: "timeout must be longer than zero, got: \(timeout)",
            remedy: "Write how long one task may run, such as .seconds(30), or leave it out to wait without limit."
        )
    }

    package static func negativeRetries(_ count: Int) -> Self {
        Self(
            code: .invalidArgument,
            message: "retries: .times(\(count)) cannot be negative",
            remedy: "Write how many further attempts a failed task gets, or .none."
        )
    }

    /// - Parameter problem: Which parameter of the backoff, what it must be and what it is.
    package static func invalidBackoff(_ problem: String) -> Self {
        Self(
            code: .invalidArgument,
            message: "retries: the backoff's \(problem)",
            remedy: "Such as .exponential(initial: .milliseconds(100), factor: 2, maximum: .seconds(30), jitter: 0.5)."
        )
    }
}

// MARK: - Backends

extension JoblibError {
    package static var preferAndRequireInconsistent: Self {
        Self(
            code: .inconsistentOptions,
            message: "prefer == .processes and require == .sharedMemory are inconsistent settings",
            remedy: "Processes do not share variables: leave out prefer, or give up require and return values instead."
        )
    }

    package static func lacksSharedMemory(backend: String) -> Self {
        Self(
            code: .inconsistentOptions,
            message: "Backend \(backend) does not support shared memory, which require: .sharedMemory asks for",
            remedy: "Write backend: .threads, or leave out one of backend and require."
        )
    }

    package static func unknownBackend(_ name: String, expected: [String]) -> Self {
        let names = expected.sorted().map(quoted).joined(separator: ", ")
        return Self(
            code: .unknownBackend,
            message: "Invalid backend: \(shortened(name)), expected one of [\(names)]",
            remedy: "Register a backend of your own with ParallelBackendRegistry.register before it is named."
        )
    }

    package static func backendUnavailable(_ name: String, because reason: String, cause: (any Error)? = nil) -> Self {
        Self(
            code: .backendUnavailable,
            message: "joblib backend \(quoted(name)) is not available on your system: \(reason)",
            remedy: "Write backend: .threads, which works everywhere.",
            cause: cause
        )
    }

    package static func noActiveWorker(backend: String) -> Self {
        Self(
            code: .backendUnavailable,
            message: "\(backend) has no active worker.",
            remedy: "Start its workers first, or choose another backend."
        )
    }
}

// MARK: - The machine

extension JoblibError {
    package static var asynchronousTaskOnBlockingWorker: Self {
        Self(
            code: .backendUnavailable,
            message: "An asynchronous task was given to a worker that can only block",
            remedy: "A backend's session must call `await batch.run(worker:)` for a batch that is asynchronous."
        )
    }

    package static func workerOutOfRange(_ worker: Int, capacity: Int, backend: String) -> Self {
        Self(
            code: .backendUnavailable,
            message: "The backend \(quoted(backend)) ran a batch as worker \(worker), "
                + "and its session has a capacity of \(capacity)",
            remedy: "A backend's session must number its workers from 0 up to, not including, its capacity."
        )
    }

    package static func cannotStartThread(number: Int, of jobs: Int, cause: any Error) -> Self {
        Self(
            code: .systemResource,
            message: "Thread \(number) of \(jobs) could not be started",
            remedy: "Ask for fewer jobs, or raise the limit on threads (ulimit -u, the container's pids limit).",
            cause: cause
        )
    }
}
