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
            case capturingClosure
            case notCodable
            case workerFailed
            case versionMismatch
            case interrupted
            case cannotHash
            case cacheEntryMissing
            case cacheEntryDamaged
            case cannotReadFile
            case damagedFile
            case typeMismatch
            case unsupportedType
            case missingLibrary
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
        /// A function that is to run in another process captures something.
        public static var capturingClosure: Self { Self(kind: .capturingClosure) }
        /// A value that is to travel to another process, or back, is of a type that can't.
        public static var notCodable: Self { Self(kind: .notCodable) }
        /// A worker process can't be started, or can't run tasks.
        public static var workerFailed: Self { Self(kind: .workerFailed) }
        /// A worker process is another build of the program.
        public static var versionMismatch: Self { Self(kind: .versionMismatch) }
        /// Ctrl-C ended a call that asked to be told of it.
        public static var interrupted: Self { Self(kind: .interrupted) }
        /// A file could not be opened or read.
        public static var cannotReadFile: Self { Self(kind: .cannotReadFile) }
        /// The bytes of a file are not what its format says: it is damaged, cut off, or of another format.
        public static var damagedFile: Self { Self(kind: .damagedFile) }
        /// A file holds a value of another type or shape than was asked for.
        public static var typeMismatch: Self { Self(kind: .typeMismatch) }
        /// A file holds something that no Swift type stands for, or a value is of a type that the format cannot hold.
        public static var unsupportedType: Self { Self(kind: .unsupportedType) }
        /// A shared library that the call needs is not installed.
        public static var missingLibrary: Self { Self(kind: .missingLibrary) }
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
