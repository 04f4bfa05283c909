public import JoblibCoding
internal import JoblibSystem

/// Runs the tasks in worker processes: a crash, an endless loop or a leak in one of them harms no other.
///
/// A worker is this same program, started again; its `main` does not run. The function of the tasks is called there with
/// values that were encoded here, so it can't capture anything, and its arguments and results have to be `Codable`, or
/// tuples of such. What it needs besides is passed with `sharing:`. Global variables are made anew in each worker; those of
/// `main.swift`, which its top-level code would make, are not.
///
/// ```swift
/// let results = try Parallel(jobs: 4, backend: .processes).mapResults(files) { try parse($0) }
/// for case .failure(let failure) in results { print(failure) }     // crashes and timeouts among them
/// ```
///
/// A task that crashes, exits or takes too long fails; the others go on in a new process. Those that shared its batch and
/// whose results had not been sent yet are run again.
///
/// Workers stay for the next call and end when they have been idle for some time, or at once with the program. They share
/// its standard output and error; standard input is empty.
public struct ProcessesBackend: ParallelBackend {
    /// What Ctrl-C does during a call.
    public enum Interruption: Sendable, Hashable {
        /// It ends the program, and the workers with it.
        case ending
        /// The call throws a ``JoblibError`` with the code `interrupted`, so that the program can save what it has. A second
        /// Ctrl-C ends the program.
        case throwing
    }

    struct Options: Sendable {
        var transport: any Transport
        var maxTasksPerWorker: Int?
        var maxWorkerMemory: ByteCount?
        var idleTime: Duration
        var interruption: Interruption
        var initializer: (@Sendable () throws -> Void)?
    }

    let options: Options

    /// Makes the backend; `.processes` and `.processes(…)` are shorter.
    ///
    /// - Parameters:
    ///   - transport: How values become bytes: `.binary`, which also shares large arrays, `.json`, or one of your own.
    ///   - maxTasksPerWorker: A worker is replaced after so many tasks; `nil`: never.
    ///   - maxWorkerMemory: A worker that uses more memory of its own after a batch is replaced; `nil`: no limit.
    ///   - idleTime: How long a worker without work is kept.
    ///   - interruption: What Ctrl-C does during a call.
    ///   - initializer: Runs once in each new worker, as to read a model into a global variable. It can't capture anything.
    ///     When it throws, the call fails with a ``JoblibError``.
    public init(
        transport: any Transport = .binary,
        maxTasksPerWorker: Int? = nil,
        maxWorkerMemory: ByteCount? = nil,
        idleTime: Duration = .seconds(300),
        interruption: Interruption = .ending,
        initializer: (@Sendable () throws -> Void)? = nil
    ) {
        options = Options(
            transport: transport,
            maxTasksPerWorker: maxTasksPerWorker,
            maxWorkerMemory: maxWorkerMemory,
            idleTime: idleTime,
            interruption: interruption,
            initializer: initializer
        )
    }

    /// `"processes"`.
    public var name: String { "processes" }
    /// joblib's name.
    public var messageName: String { "LokyBackend" }
    /// False: a worker has memory of its own.
    public var sharesMemory: Bool { false }

    public func makeSession(_ request: SessionRequest) throws -> any BackendSession {
        // A worker's own calls run on its threads, of which it has its part of the processors.
        if WorkerProcess.current != nil { return ThreadSession(request) }
        guard let description = request.remote else { throw JoblibError.batchCannotTravel }
        if let tasks = options.maxTasksPerWorker, tasks < 1 { throw JoblibError.maxTasksNotPositive(tasks) }
        let settings = WorkerSettings(
            initializer: try options.initializer.map { try Travelling.function(heldBy: WorkerInitializer(body: $0)) },
            maxTasks: options.maxTasksPerWorker,
            maxMemory: try options.maxWorkerMemory?.bytes(),
            idleTime: UInt64(clamping: max(options.idleTime.nanoseconds, 0))
        )
        do {
            let pool = try request.workers.pool(settings)
            let session = ProcessSession(request, description, pool)
            if options.interruption == .throwing { try session.watchInterrupts() }
            return session
        } catch {
            throw JoblibError.workerCannotStart(error)
        }
    }
}

extension ProcessesBackend: TravellingBackend {
    var transport: any Transport { options.transport }
}

extension ParallelBackend where Self == ProcessesBackend {
    /// Worker processes: crashes and timeouts of tasks become errors.
    public static var processes: ProcessesBackend { ProcessesBackend() }

    /// Worker processes with options.
    ///
    /// - Parameters:
    ///   - transport: How values become bytes: `.binary`, which also shares large arrays, `.json`, or one of your own.
    ///   - maxTasksPerWorker: A worker is replaced after so many tasks; `nil`: never.
    ///   - maxWorkerMemory: A worker that uses more memory of its own after a batch is replaced; `nil`: no limit.
    ///   - idleTime: How long a worker without work is kept.
    ///   - interruption: What Ctrl-C does during a call.
    ///   - initializer: Runs once in each new worker. It can't capture anything.
    public static func processes(
        transport: any Transport = .binary,
        maxTasksPerWorker: Int? = nil,
        maxWorkerMemory: ByteCount? = nil,
        idleTime: Duration = .seconds(300),
        interruption: ProcessesBackend.Interruption = .ending,
        initializer: (@Sendable () throws -> Void)? = nil
    ) -> ProcessesBackend {
        ProcessesBackend(
            transport: transport,
            maxTasksPerWorker: maxTasksPerWorker,
            maxWorkerMemory: maxWorkerMemory,
            idleTime: idleTime,
            interruption: interruption,
            initializer: initializer
        )
    }
}
