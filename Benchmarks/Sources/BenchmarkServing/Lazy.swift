import Synchronization

/// An input made on first use, so that a process holds only what the cases it runs need.
public final class Lazy<Value: Sendable>: Sendable {
    private let stored = Mutex<Value?>(nil)
    private let make: @Sendable () -> Value

    public init(_ make: @escaping @Sendable () -> Value) {
        self.make = make
    }

    public var value: Value {
        stored.withLock { stored in
            if let value = stored {
                return value
            }
            let value = make()
            stored = value
            return value
        }
    }
}
