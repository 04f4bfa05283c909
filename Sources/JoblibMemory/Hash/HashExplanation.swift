internal import JoblibCoding
internal import JoblibParallel

/// Why two values have different hashes: what ``hashExplanation(_:_:)`` returns.
public struct HashExplanation: Sendable, Hashable {
    /// A place where the two values differ.
    public struct Difference: Sendable, Hashable, CustomStringConvertible {
        /// Where, as one would write it in Swift; empty for the values themselves.
        public let path: String
        /// What the first value has there, shortened; nil: nothing.
        public let first: String?
        /// What the second value has there, shortened; nil: nothing.
        public let second: String?

        /// For example `settings.width: 5 and 6`.
        public var description: String {
            "\(path.isEmpty ? "the value" : path): \(first ?? "nothing") and \(second ?? "nothing")"
        }
    }

    /// The hashes of the two values.
    public let hashes: (first: String, second: String)
    /// Where they differ, at most the first 20 places; none when the hashes are equal.
    public let differences: [Difference]

    /// Whether the hashes are equal.
    public var isEqual: Bool { hashes.first == hashes.second }

    public static func == (first: Self, second: Self) -> Bool {
        first.hashes == second.hashes && first.differences == second.differences
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(hashes.first)
        hasher.combine(hashes.second)
    }
}

extension HashExplanation: CustomStringConvertible {
    /// A line for each difference.
    public var description: String {
        if isEqual { return "the hashes are equal" }
        return differences.map(\.description).joined(separator: "\n")
    }
}

/// Finds out where two values differ, as far as ``hash(of:)`` sees them.
///
/// For the question why a call was not found in the cache. The values are encoded whole, so it takes memory.
///
/// ```swift
/// print(try hashExplanation(yesterday, today))
/// // filters["blur"].radius: 2.0 and 2.5
/// // steps[7]: "crop" and nothing
/// ```
///
/// - Parameters:
///   - first: A value.
///   - second: Another one, usually of the same type.
/// - Returns: The hashes and the places where the values differ.
/// - Throws: `JoblibError` (`.cannotHash`) when an `encode(to:)` throws.
public func hashExplanation<First: Encodable, Second: Encodable>(
    _ first: First,
    _ second: Second
) throws -> HashExplanation {
    let hashes = (first: try hash(of: first), second: try hash(of: second))
    guard hashes.first != hashes.second else { return HashExplanation(hashes: hashes, differences: []) }
    do {
        let encoder = BinaryEncoder(canonical: true)
        let found = try CanonicalComparison.differences(of: encoder.encode(first), and: encoder.encode(second))
        return HashExplanation(
            hashes: hashes,
            differences: found.map { .init(path: $0.path, first: $0.first, second: $0.second) }
        )
    } catch {
        throw JoblibError.cannotHash(cause: error)
    }
}
