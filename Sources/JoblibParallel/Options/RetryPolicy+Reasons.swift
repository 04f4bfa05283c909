extension RetryPolicy {
    /// Which failures of a task are tried again.
    ///
    /// ```swift
    /// .times(3, on: [.crash, .timeout, .thrown])
    /// ```
    public struct Reasons: OptionSet, Sendable, Hashable {
        /// The set as bits.
        public let rawValue: UInt8

        /// Makes a set from bits.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// The worker died while it ran the task: a trap, a signal, an exit, or too little memory.
        public static let crash = Self(rawValue: 1 << 0)
        /// The task ran longer than the `timeout` allows.
        public static let timeout = Self(rawValue: 1 << 1)
        /// The task threw an error.
        public static let thrown = Self(rawValue: 1 << 2)
    }
}
