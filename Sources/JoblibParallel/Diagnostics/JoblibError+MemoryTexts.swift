// The texts of the errors about hashing and about cached results.

extension JoblibError {
    package static func cannotHash(_ what: String = "The value", cause: any Error) -> Self {
        Self(
            code: .cannotHash,
            message: "\(what) could not be hashed",
            remedy: "Its encode(to:) must write everything that distinguishes it, and must not throw.",
            cause: cause
        )
    }

    package static func cannotMakeCache(_ path: String, cause: any Error) -> Self {
        Self(
            code: .cannotWriteFile,
            message: "Memory could not make its directory \(quoted(path))",
            remedy: "Give a directory that this program may make or use, or nil for no cache at all.",
            cause: cause
        )
    }

    package static var emptyCacheLocation: Self {
        Self(
            code: .invalidArgument,
            message: "Memory(location:) was given an empty path",
            remedy: "Give the path of a directory, \".\" for the current one, or nil for no cache at all."
        )
    }

    /// - Parameters:
    ///   - option: The argument as it is written, such as `itemLimit`.
    ///   - value: What it was given.
    package static func negativeCacheLimit(_ option: String, _ value: String) -> Self {
        Self(
            code: .invalidArgument,
            message: "\(option): \(value) is negative and cannot limit a cache",
            remedy: "Write 0 or more, or leave it out for no limit."
        )
    }

    package static var emptyCachedName: Self {
        Self(
            code: .invalidArgument,
            message: "cached(_:as:) was given an empty name",
            remedy: "Name the function as its entries should be called, such as \"smoothed\"."
        )
    }

    /// - Parameters:
    ///   - function: The name it is cached under.
    ///   - position: What `ignoring` was given.
    ///   - count: How many arguments there are.
    package static func ignoredArgument(_ position: Int, of function: String, count: Int) -> Self {
        Self(
            code: .invalidArgument,
            message: "cached(_:as:ignoring:) cannot ignore argument \(position) of \(function), which has \(count)",
            remedy: "Positions count from 0: the last one here is \(count - 1)."
        )
    }

    package static func negativeExpiry(_ function: String) -> Self {
        Self(
            code: .invalidArgument,
            message: "validation: .expires(after:) of \(function) was given a negative time",
            remedy: "Write how long an entry is good, 0 or more."
        )
    }

    /// - Parameters:
    ///   - call: The call as text.
    ///   - path: Where its entry should be.
    package static func missingEntry(_ call: String, place: String?) -> Self {
        let reason = place.map { ": there is no \(quoted($0))" } ?? ""
        return Self(
            code: .cacheEntryMissing,
            message: "The result of \(call) is not in the cache any more\(reason)",
            remedy: "It may have been cleared or evicted; call the function again."
        )
    }

    package static func damagedEntry(_ call: String, place: String?, cause: any Error) -> Self {
        let reason = place.map { ": \(quoted($0)) is damaged" } ?? ""
        return Self(
            code: .cacheEntryDamaged,
            message: "The stored result of \(call) cannot be used\(reason)",
            remedy: "Call the function again to compute it anew.",
            cause: cause
        )
    }
}
