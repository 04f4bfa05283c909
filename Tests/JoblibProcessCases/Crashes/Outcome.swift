import Synchronization

/// What came of an asynchronous function, for a thread that waits for it.
final class Outcome<Value: Sendable>: Sendable {
    private let storage = Mutex<Result<Value, any Error>?>(nil)

    var result: Result<Value, any Error>? { storage.withLock { $0 } }

    func set(_ result: Result<Value, any Error>) {
        storage.withLock { $0 = result }
    }
}
