internal import JoblibParallel

/// A function whose results are kept: what ``Memory/cached(_:as:version:ignoring:validation:mapped:)`` returns.
///
/// It is called as the function is; only `try` is needed, for the arguments' encoding. A value that may be kept, passed on and
/// called from any thread, task or process.
///
/// ```swift
/// let smooth = memory.cached(smoothed, as: "smoothed", version: 1)
/// let a = try smooth(signal, 5)            // computed and stored
/// let b = try smooth(signal, 5)            // read back
/// ```
public struct CachedFunction<each Argument: Codable & Sendable, Output: Codable & Sendable>: Sendable {
    private let function: @Sendable (repeat each Argument) throws -> Output
    /// nil: nothing is kept.
    private let cache: FunctionCache?
    /// The name that the results are kept under.
    public let name: String

    init(
        _ function: @escaping @Sendable (repeat each Argument) throws -> Output,
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
    /// A call with the same arguments that runs already, on another thread or in another process, is waited for. A result that
    /// cannot be stored is returned all the same, and a warning is logged once.
    ///
    /// - Throws: What the function throws, which is not stored; `JoblibError` (`.cannotHash`) when an argument cannot be
    ///   encoded, (`.invalidArgument`) when the options given to `cached` make no sense.
    public func callAsFunction(_ argument: repeat each Argument) throws -> Output {
        try callWithInfo(repeat each argument).value
    }

    /// The result, and what it cost or saved.
    ///
    /// ```swift
    /// let (value, info) = try smooth.callWithInfo(signal, 5)
    /// print(info.isHit, info.age, info.timeSaved)
    /// ```
    ///
    /// - Throws: As a plain call.
    public func callWithInfo(_ argument: repeat each Argument) throws -> (value: Output, info: CacheInfo) {
        guard let cache else { return try plainCall(repeat each argument) }
        let key = try key(cache, repeat each argument)
        return try cache.obtain(
            key,
            call: { describe(repeat each argument) },
            compute: { try function(repeat each argument) }
        )
    }

    /// Calls the function and stores the result, whether or not there is one.
    ///
    /// - Throws: As a plain call; what was stored stays then.
    @discardableResult
    public func recompute(_ argument: repeat each Argument) throws -> Output {
        guard let cache else { return try function(repeat each argument) }
        let key = try key(cache, repeat each argument)
        return try cache.run(
            key,
            call: describe(repeat each argument),
            compute: { try function(repeat each argument) }
        ).value
    }

    /// Stores a result that was computed elsewhere; as for all results, one that cannot be stored is no error.
    package func keep(_ value: Output, for argument: repeat each Argument, took duration: Duration) throws {
        guard let cache else { return }
        let key = try key(cache, repeat each argument)
        _ = cache.keep(value, key, call: describe(repeat each argument), duration: duration)
    }

    /// Whether the result of a call is stored and may be used; does not throw and reads no result.
    public func isCached(_ argument: repeat each Argument) -> Bool {
        guard let cache, let key = try? key(cache, repeat each argument) else { return false }
        return cache.contains(key)
    }

    /// Sees that the result is stored, and returns a reference to it instead of the result.
    ///
    /// ```swift
    /// let shelved = try parameters.map { try render.shelve($0) }       // pictures are not kept in memory
    /// for picture in shelved { show(try picture.get()) }
    /// ```
    ///
    /// - Throws: As a plain call.
    public func shelve(_ argument: repeat each Argument) throws -> ShelvedResult<Output> {
        guard let cache else { return ShelvedResult(value: try function(repeat each argument), name: name) }
        let key = try key(cache, repeat each argument)
        if cache.contains(key) { return ShelvedResult(cache, key) { describe(repeat each argument) } }
        let (value, _) = try cache.obtain(
            key,
            call: { describe(repeat each argument) },
            compute: { try function(repeat each argument) }
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

    private func plainCall(_ argument: repeat each Argument) throws -> (value: Output, info: CacheInfo) {
        let clock = ContinuousClock()
        let start = clock.now
        let value = try function(repeat each argument)
        return (value, CacheInfo(isHit: false, age: .zero, duration: clock.now - start))
    }
}

extension CachedFunction: CustomStringConvertible {
    /// `CachedFunction(smoothed, version: 1, location: cache)`.
    public var description: String {
        guard let cache else { return "CachedFunction(\(name), not cached)" }
        return "CachedFunction(\(name), version: \(cache.version), location: \(cache.core.storeIdentity))"
    }
}
