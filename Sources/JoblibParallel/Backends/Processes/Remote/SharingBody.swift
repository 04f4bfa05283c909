/// The body of a `map` whose tasks share a value, which a worker decodes once.
struct SharingBody<Element: Sendable, Shared: Sendable, Output: Sendable>: RemoteKernel, Sendable {
    let body: @Sendable (Element, Shared) throws -> Output

    static func program(_ opening: ProgramOpening) throws -> any BatchProgram {
        let body = try opening.rebuilt(as: SharingBody.self).body
        let shared = try opening.sharedValue(as: Shared.self)
        return TypedProgram(
            decode: try ListCodec<Element>().decode,
            .blocking { try body($0, shared) },
            encode: try ListCodec().encode
        )
    }
}

/// The asynchronous body of a `map` whose tasks share a value.
struct AsyncSharingBody<Element: Sendable, Shared: Sendable, Output: Sendable>: RemoteKernel, Sendable {
    let body: @Sendable (Element, Shared) async throws -> Output

    static func program(_ opening: ProgramOpening) throws -> any BatchProgram {
        let body = try opening.rebuilt(as: AsyncSharingBody.self).body
        let shared = try opening.sharedValue(as: Shared.self)
        return TypedProgram(
            decode: try ListCodec<Element>().decode,
            .asynchronous { try await body($0, shared) },
            encode: try ListCodec().encode
        )
    }
}
