import JoblibParallel
import JoblibSystem

/// Keeps what is written to it, from any thread.
final class Recorder: Sendable {
    private let pieces = Lock<[String]>([])

    @Sendable
    func write(_ text: String) {
        pieces.withLock { $0.append(text) }
    }

    /// Each write by itself.
    var writes: [String] { pieces.withLock { $0 } }
    /// All writes together.
    var text: String { writes.joined() }
    /// The lines of all writes, the last newline apart.
    var lines: [String] { text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init) }
}

/// A clock that stands still until it is moved.
final class HandClock: Sendable {
    private let time = Lock(Duration.zero)

    @Sendable
    func now() -> Duration { time.withLock { $0 } }

    func advance(by step: Duration) {
        time.withLock { $0 += step }
    }
}

/// A value that a test changes while closures read it.
final class Shared<Value: Sendable>: Sendable {
    private let storage: Lock<Value>

    init(_ value: Value) {
        storage = Lock(value)
    }

    var value: Value {
        get { storage.withLock { $0 } }
        set { storage.withLock { $0 = newValue } }
    }
}
