extension JoblibError {
    /// The kind of a ``JoblibError``.
    ///
    /// More kinds may be added in any release, so a `switch` over codes needs a `default`.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Kind: String {
            case invalidArgument
            case inconsistentOptions
            case unknownBackend
            case backendUnavailable
            case systemResource
            case cannotWriteFile
        }

        private var kind: Kind

        /// An option or argument has a value that means nothing, such as `jobs: 0`.
        public static var invalidArgument: Self { Self(kind: .invalidArgument) }
        /// Two options contradict each other, or an option contradicts the backend.
        public static var inconsistentOptions: Self { Self(kind: .inconsistentOptions) }
        /// No backend is registered under the name that was given.
        public static var unknownBackend: Self { Self(kind: .unknownBackend) }
        /// The backend exists but cannot be used here or now.
        public static var backendUnavailable: Self { Self(kind: .backendUnavailable) }
        /// The operating system refused a thread, memory or a descriptor.
        public static var systemResource: Self { Self(kind: .systemResource) }
        /// A file could not be written.
        public static var cannotWriteFile: Self { Self(kind: .cannotWriteFile) }

        /// The name of the code, as in `"invalidArgument"`.
        public var description: String { kind.rawValue }
    }
}
