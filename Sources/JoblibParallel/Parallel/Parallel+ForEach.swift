extension Parallel {
    /// Calls `body` with each element, up to `jobs` of them at once; a ``map(_:_:)`` without results.
    ///
    /// ```swift
    /// try Parallel(jobs: 8, progress: .bar).forEach(images) { try resize($0) }
    /// ```
    ///
    /// - Parameters:
    ///   - inputs: Any sequence of `Sendable` elements.
    ///   - body: Called on several threads at once. It may block.
    /// - Throws: As ``map(_:_:)``.
    public func forEach<S: Sequence>(
        _ inputs: S,
        _ body: @escaping @Sendable (S.Element) throws -> Void
    ) throws where S.Element: Sendable {
        _ = try map(inputs, body)
    }

    /// Calls `body` with each element of a collection.
    @inlinable
    @inline(__always)
    public func forEach<C: RandomAccessCollection & Sendable>(
        _ inputs: C,
        _ body: @escaping @Sendable (C.Element) throws -> Void
    ) throws where C.Element: Sendable {
        _ = try map(inputs, body)
    }

    /// Calls `body` with each element, while the caller is suspended.
    ///
    /// - Throws: As ``map(_:_:)``.
    public func forEach<S: Sequence>(
        _ inputs: S,
        _ body: @escaping @Sendable (S.Element) throws -> Void
    ) async throws where S.Element: Sendable {
        _ = try await map(inputs, body)
    }

    /// Calls an asynchronous `body` with each element, at most `jobs` of them under way at once.
    ///
    /// - Throws: As ``map(_:_:)``.
    @_disfavoredOverload
    public func forEach<S: Sequence>(
        _ inputs: S,
        _ body: @escaping @Sendable (S.Element) async throws -> Void
    ) async throws where S.Element: Sendable {
        _ = try await map(inputs, body)
    }
}
