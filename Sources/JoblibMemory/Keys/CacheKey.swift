/// Which entry of a store: the function, and a digest of its name, its version and the arguments of one call.
///
/// Both parts can be names of files as they are.
public struct CacheKey: Sendable, Hashable {
    /// The function's name with all but letters, digits, `_`, `.`, `-` and `=` written as `%` and two digits; what is too
    /// long ends in a digest instead.
    public let function: String

    package let contents: ContentDigest

    /// 64 hexadecimal digits.
    public var digest: String { contents.hex }

    /// The key of an entry that a store has listed by these two names.
    ///
    /// - Parameters:
    ///   - function: As ``function`` gave it.
    ///   - digest: As ``digest`` gave it.
    /// - Returns: nil when they are not such names.
    public init?(function: String, digest: String) {
        guard let contents = ContentDigest(hex: digest), FunctionDirectory.isName(function) else { return nil }
        self.function = function
        self.contents = contents
    }

    package init(directory: String, contents: ContentDigest) {
        function = directory
        self.contents = contents
    }

    public static func == (first: Self, second: Self) -> Bool {
        first.contents == second.contents && first.function == second.function
    }

    public func hash(into hasher: inout Hasher) {
        // The digest stands for the function, too.
        hasher.combine(contents)
    }
}

extension CacheKey: CustomStringConvertible {
    /// `smoothed/5f70bf18…`.
    public var description: String { "\(function)/\(digest)" }
}
