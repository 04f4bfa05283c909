internal import JoblibSystem

/// A value that one task waits for and that may come from several sides: the first one counts.
final class OneShot<Value: Sendable>: Sendable {
    private enum State {
        case open
        case awaited(CheckedContinuation<Value, Never>)
        case come(Value)
        case taken
    }

    private let state = Lock(State.open)

    func resolve(_ value: Value) {
        let continuation = state.withLock { state -> CheckedContinuation<Value, Never>? in
            switch state {
            case .open:
                state = .come(value)
                return nil
            case .awaited(let continuation):
                state = .taken
                return continuation
            case .come, .taken: return nil
            }
        }
        continuation?.resume(returning: value)
    }

    /// Waits for the value; to be called once.
    func value() async -> Value {
        await withCheckedContinuation { continuation in
            let value = state.withLock { state -> Value? in
                if case .come(let value) = state {
                    state = .taken
                    return value
                }
                state = .awaited(continuation)
                return nil
            }
            if let value { continuation.resume(returning: value) }
        }
    }
}
