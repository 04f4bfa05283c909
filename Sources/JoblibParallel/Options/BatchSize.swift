/// How many tasks go to a worker at a time.
///
/// ```swift
/// Parallel(batchSize: .automatic)     // the default: measured while the call runs
/// Parallel(batchSize: 64)
/// Parallel(batchSize: BatchSize(settings.batch))
/// ```
public struct BatchSize: Sendable, Hashable {
    private var fixed: Int?

    private init(fixed: Int?) {
        self.fixed = fixed
    }

    /// A computed number of tasks.
    ///
    /// - Parameter size: How many tasks, at least 1. Less is refused, with a ``JoblibError``, when a call is made.
    public init(_ size: Int) {
        self.init(fixed: size)
    }

    /// One task at a time until the tasks prove too short for that.
    public static var automatic: Self { Self(fixed: nil) }

    /// The fixed number of tasks, or `nil` for ``automatic``.
    package func tasks() throws(JoblibError) -> Int? {
        if let fixed, fixed < 1 {
            throw .batchSizeNotPositive(fixed)
        }
        return fixed
    }
}

extension BatchSize: ExpressibleByIntegerLiteral {
    /// The number of tasks written as a literal, as in `batchSize: 64`.
    public init(integerLiteral value: Int) {
        self.init(value)
    }
}

extension BatchSize: CustomStringConvertible {
    /// `"automatic"` or the number.
    public var description: String { fixed.map { String($0) } ?? "automatic" }
}
