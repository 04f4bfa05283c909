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
            case cannotHash
            case cacheEntryMissing
            case cacheEntryDamaged
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

        /// A value could not be hashed, because it could not be encoded.
        public static var cannotHash: Self { Self(kind: .cannotHash) }
        /// A cached result that was asked for is not there: cleared, evicted, or never stored.
        public static var cacheEntryMissing: Self { Self(kind: .cacheEntryMissing) }
        /// A cached result is there and cannot be used.
        public static var cacheEntryDamaged: Self { Self(kind: .cacheEntryDamaged) }

        /// The name of the code, as in `"invalidArgument"`.
        public var description: String { kind.rawValue }
    }
}
