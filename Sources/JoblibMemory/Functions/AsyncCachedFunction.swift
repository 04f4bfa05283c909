internal import JoblibParallel

/// An async function whose results are kept: what ``Memory/cached(_:as:version:ignoring:validation:mapped:)`` returns.
///
/// It is called as the function is; only `try` is needed, for the arguments' encoding. A value that may be kept, passed on and
/// called from any thread, task or process.
///
/// ```swift
/// let smooth = memory.cached(smoothed, as: "smoothed", version: 1)
/// let a = try await smooth(signal, 5)            // computed and stored
/// let b = try await smooth(signal, 5)            // read back
/// ```
public struct AsyncCachedFunction<each Argument: Codable & Sendable, Output: Codable & Sendable>: Sendable {
    private let function: @Sendable (repeat each Argument) async throws -> Output
    /// nil: nothing is kept.
    private let cache: FunctionCache?
    /// The name that the results are kept under.
    public let name: String

    init(
        _ function: @escaping @Sendable (repeat each Argument) async throws -> Output,
        name: String,
        cache: (_ argumentCount: Int) -> FunctionCache?
    ) {
        self.function = function
        self.name = name
        var count = 0
        for _ in repeat (each Argument).self { count += 1 }
        self.cache = cache(count)
    }

    private func key(_ cache: FunctionCache, _ argument: repeat each Argument) throws -> CacheKey {
        var bytes = try cache.beginKey()
        var position = 0
        for value in repeat each argument {
            try cache.add(value, at: position, to: &bytes)
            position += 1
        }
        return cache.key(bytes)
    }

    private func describe(_ argument: repeat each Argument) -> TaskCall {
        var texts: [String] = []
        for value in repeat each argument { texts.append(ArgumentText.describe(value)) }
        return TaskCall(function: name, arguments: texts)
    }

    /// The result: the stored one, or else what the function returns, which is stored then.
    ///
    /// A call with the same arguments that runs already, on another thread or in another process, is waited for by suspending. A result that
    /// cannot be stored is returned all the same, and a warning is logged once.
    ///
    /// - Throws: What the function throws, which is not stored; `JoblibError` (`.cannotHash`) when an argument cannot be
    ///   encoded, (`.invalidArgument`) when the options given to `cached` make no sense.
    public func callAsFunction(_ argument: repeat each Argument) async throws -> Output {
        try await callWithInfo(repeat each argument).value
    }

    /// The result, and what it cost or saved.
    ///
    /// ```swift
    /// let (value, info) = try await smooth.callWithInfo(signal, 5)
    /// print(info.isHit, info.age, info.timeSaved)
    /// ```
    ///
    /// - Throws: As a plain call.
    public func callWithInfo(_ argument: repeat each Argument) async throws -> (value: Output, info: CacheInfo) {
        guard let cache else { return try await plainCall(repeat each argument) }
        let key = try key(cache, repeat each argument)
        return try await cache.obtain(
            key,
            call: { describe(repeat each argument) },
            compute: { try await function(repeat each argument) }
        )
    }

    /// Calls the function and stores the result, whether or not there is one.
    ///
    /// - Throws: As a plain call; what was stored stays then.
    @discardableResult
    public func recompute(_ argument: repeat each Argument) async throws -> Output {
        guard let cache else { return try await function(repeat each argument) }
        let key = try key(cache, repeat each argument)
        return try await cache.run(
            key,
            call: describe(repeat each argument),
            compute: { try await function(repeat each argument) }
        ).value
    }

    /// Whether the result of a call is stored and may be used; does not throw and reads no result.
    public func isCached(_ argument: repeat each Argument) -> Bool {
        guard let cache, let key = try? key(cache, repeat each argument) else { return false }
        return cache.contains(key)
    }

    /// Sees that the result is stored, and returns a reference to it instead of the result.
    ///
    /// ```swift
    /// let shelved = try await render.shelve(view)          // the picture is not kept in memory
    /// show(try shelved.get())
    /// ```
    ///
    /// - Throws: As a plain call.
    public func shelve(_ argument: repeat each Argument) async throws -> ShelvedResult<Output> {
        guard let cache else { return ShelvedResult(value: try await function(repeat each argument), name: name) }
        let key = try key(cache, repeat each argument)
        if cache.contains(key) { return ShelvedResult(cache, key) { describe(repeat each argument) } }
        let (value, _) = try await cache.obtain(
            key,
            call: { describe(repeat each argument) },
            compute: { try await function(repeat each argument) }
        )
        // What could not be stored is kept.
        guard cache.contains(key) else { return ShelvedResult(value: value, name: name) }
        return ShelvedResult(cache, key) { describe(repeat each argument) }
    }

    /// Removes all results that are stored under this function's name, whatever their version.
    ///
    /// - Throws: An error naming what could not be removed.
    public func clear() throws {
        try cache?.clear()
    }

    private func plainCall(_ argument: repeat each Argument) async throws -> (value: Output, info: CacheInfo) {
        let clock = ContinuousClock()
        let start = clock.now
        let value = try await function(repeat each argument)
        return (value, CacheInfo(isHit: false, age: .zero, duration: clock.now - start))
    }
}

extension AsyncCachedFunction: CustomStringConvertible {
    /// `AsyncCachedFunction(smoothed, version: 1, location: cache)`.
    public var description: String {
        guard let cache else { return "AsyncCachedFunction(\(name), not cached)" }
        return "AsyncCachedFunction(\(name), version: \(cache.version), location: \(cache.core.storeIdentity))"
    }
}
