public import JoblibMemory
internal import JoblibSystem
internal import Synchronization

/// Checks that a store keeps the contract of `MemoryStore`: for the tests of whoever writes one.
///
/// ```swift
/// @Test(arguments: StoreConformance.checks { MyStore(server: "localhost") })
/// func keepsTheContract(check: StoreConformance.Check) async throws {
///     try await check.run()
/// }
/// ```
public struct StoreConformance: Sendable {
    /// One sentence of the contract, and how to find out whether it holds.
    public struct Check: Sendable, CustomStringConvertible {
        /// What has to hold, as a sentence.
        public let name: String
        private let body: @Sendable () async throws -> Void

        init(_ name: String, _ body: @escaping @Sendable () async throws -> Void) {
            self.name = name
            self.body = body
        }

        /// The name.
        public var description: String { name }

        /// Finds out; may be run several times, and beside other checks.
        ///
        /// - Throws: ``ConformanceViolation`` when the store does not do what ``name`` says.
        public func run() async throws {
            do {
                try await body()
            } catch let violation as ConformanceViolation {
                throw violation
            } catch {
                throw ConformanceViolation("\(name): unexpected error: \(error)")
            }
        }
    }

    let make: @Sendable () throws -> any MemoryStore

    /// The checks for a store.
    ///
    /// - Parameter make: Makes an empty store, for each check another one.
    public static func checks(_ make: @escaping @Sendable () throws -> any MemoryStore) -> [Check] {
        let suite = StoreConformance(make: make)
        return suite.entryChecks + suite.limitChecks + suite.crowdChecks
    }

    // MARK: - Helpers of the checks

    /// A key: one of 100 of a function.
    static func key(_ number: Int, of function: String = "f") throws -> CacheKey {
        let digits = String(number, radix: 16)
        let digest = String(repeating: digits.count == 1 ? "a\(digits)" : digits, count: 32)
        guard let key = CacheKey(function: function, digest: digest) else {
            throw ConformanceViolation("no key of \(function) and \(digest)")
        }
        return key
    }

    /// Bytes of which each tells what they are: one number and a length.
    static func content(_ number: Int, count: Int = 1000) -> EntryContent {
        EntryContent(bytes: [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: count))
    }

    static func expect(_ condition: Bool, _ violation: @autoclosure () -> String) throws {
        if !condition { throw ConformanceViolation(violation()) }
    }

    static func expect(_ store: any MemoryStore, _ key: CacheKey, holds content: EntryContent?) throws {
        let found = try store.get(key)?.bytes()
        try expect(
            found == content?.bytes,
            "the entry has \(found.map { "\($0.count) bytes" } ?? "nothing"), not what was put"
        )
    }
}
