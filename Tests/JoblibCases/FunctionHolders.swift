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

/// Waits for asynchronous work on a thread that may be blocked.
enum Waiting {
    private final class Answer: @unchecked Sendable {
        // Guarded by `monitor`.
        var result: Result<String, any Error>?
        let monitor = Monitor()
    }

    static func run(_ body: @escaping @Sendable () async throws -> String) throws -> String {
        let answer = Answer()
        Task.detached {
            let result: Result<String, any Error>
            do { result = .success(try await body()) } catch { result = .failure(error) }
            answer.monitor.withLock {
                answer.result = result
                answer.monitor.signal()
            }
        }
        return try answer.monitor.withLock {
            while answer.result == nil { answer.monitor.wait() }
            return try answer.result?.get() ?? ""
        }
    }
}
