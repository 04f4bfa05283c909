extension Memory {
    /// A function whose results are kept.
    ///
    /// ```swift
    /// let smooth = memory.cached(smoothed, as: "smoothed", version: 1)
    /// let plot = memory.cached(plot, as: "plot", ignoring: [2], validation: .expires(after: .seconds(3600)))
    /// ```
    ///
    /// - Parameters:
    ///   - function: A function that returns the same for the same arguments. To be used in worker processes it must capture
    ///     nothing, as every function there.
    ///   - name: Under which the results are kept; two functions must not share one.
    ///   - version: Results of another version are not used.
    ///   - ignored: Positions of arguments, from 0, that make no difference to the result, such as a verbosity.
    ///   - validation: Whether a stored result may still be used.
    ///   - mapped: Large arrays of numbers in results (64 KiB or more) are the pages of their file, read when they are touched
    ///     and shared with other processes; ordinary arrays all the same.
    /// - Returns: A function that is called in the same way. Nothing is checked here: what is wrong is thrown by its calls.
    public func cached<each Argument: Codable & Sendable, Output: Codable & Sendable>(
        _ function: @escaping @Sendable (repeat each Argument) throws -> Output,
        as name: String,
        version: CacheVersion = 1,
        ignoring ignored: [Int] = [],
        validation: CacheValidation = .always,
        mapped: Bool = false
    ) -> CachedFunction<repeat each Argument, Output> {
        CachedFunction(function, name: name) { count in
            core.map {
                FunctionCache(
                    $0,
                    name: name,
                    version: version,
                    ignoring: ignored,
                    argumentCount: count,
                    validation: validation,
                    mapped: mapped,
                    output: Output.self
                )
            }
        }
    }

    /// An async function whose results are kept; as the other form, but a call that runs already is waited for by suspending.
    public func cached<each Argument: Codable & Sendable, Output: Codable & Sendable>(
        _ function: @escaping @Sendable (repeat each Argument) async throws -> Output,
        as name: String,
        version: CacheVersion = 1,
        ignoring ignored: [Int] = [],
        validation: CacheValidation = .always,
        mapped: Bool = false
    ) -> AsyncCachedFunction<repeat each Argument, Output> {
        AsyncCachedFunction(function, name: name) { count in
            core.map {
                FunctionCache(
                    $0,
                    name: name,
                    version: version,
                    ignoring: ignored,
                    argumentCount: count,
                    validation: validation,
                    mapped: mapped,
                    output: Output.self
                )
            }
        }
    }
}
