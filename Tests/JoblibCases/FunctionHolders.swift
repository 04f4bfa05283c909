import JoblibSystem

/// What a test's function is called with.
protocol Sample: Sendable {
    static var sample: Self { get }
}

extension Int: Sample { static var sample: Int { 7 } }
extension Double: Sample { static var sample: Double { 2.25 } }
extension String: Sample { static var sample: String { "seven" } }
extension Array: Sample where Element: Sample { static var sample: [Element] { [.sample, .sample] } }
extension Dictionary: Sample where Key: Sample, Value: Sample {
    static var sample: [Key: Value] { [.sample: .sample] }
}
extension Optional: Sample where Wrapped: Sample { static var sample: Wrapped? { Wrapped.sample } }

/// Found in the worker by its name; calls a function that was sent there.
protocol FunctionHolder: Sendable {
    static func call(_ function: PortableFunction) throws -> String
    func call() throws -> String
}

extension FunctionHolder {
    static func call(_ function: PortableFunction) throws -> String {
        try function.rebuild(as: Self.self).call()
    }
}

struct MapBody<Element: Sample, Output>: FunctionHolder {
    let body: @Sendable (Element) throws -> Output
    func call() throws -> String { "\(try body(.sample))" }
}

struct SharingBody<Element: Sample, Shared: Sample, Output>: FunctionHolder {
    let body: @Sendable (Element, Shared) throws -> Output
    func call() throws -> String { "\(try body(.sample, .sample))" }
}

struct AsyncBody<Element: Sample, Output: Sendable>: FunctionHolder {
    let body: @Sendable (Element) async throws -> Output
    func call() throws -> String {
        try Waiting.run { "\(try await body(.sample))" }
    }
}

struct DelayedBody<each Argument: Sample, Output>: FunctionHolder {
    let body: @Sendable (repeat each Argument) throws -> Output
    func call() throws -> String { "\(try body(repeat (each Argument).sample))" }
}

struct ThunkBody<Output>: FunctionHolder {
    let body: @Sendable () throws -> Output
    func call() throws -> String { "\(try body())" }
}

/// Runs asynchronous work on the calling thread and waits for it: a worker has no pool of threads before `main`.
private final class Waiting: TaskExecutor, @unchecked Sendable {
    // Both guarded by `monitor`.
    private var jobs: [UnownedJob] = []
    private var result: Result<String, any Error>?
    private let monitor = Monitor()

    static func run(_ body: @escaping @Sendable () async throws -> String) throws -> String {
        let waiting = Waiting()
        Task.detached(executorPreference: waiting) {
            do { waiting.finish(.success(try await body())) } catch { waiting.finish(.failure(error)) }
        }
        return try waiting.work()
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        monitor.withLock {
            jobs.append(job)
            monitor.signal()
        }
    }

    private func finish(_ result: Result<String, any Error>) {
        monitor.withLock {
            self.result = result
            monitor.signal()
        }
    }

    private func work() throws -> String {
        while true {
            let (job, result): (UnownedJob?, Result<String, any Error>?) = monitor.withLock {
                while jobs.isEmpty, self.result == nil { monitor.wait() }
                return (jobs.isEmpty ? nil : jobs.removeFirst(), self.result)
            }
            if let job {
                unsafe job.runSynchronously(on: asUnownedTaskExecutor())
            } else if let result {
                return try result.get()
            }
        }
    }
}
