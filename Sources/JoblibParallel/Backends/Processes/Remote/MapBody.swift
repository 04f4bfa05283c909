/// The body of a `map`. It holds one function and nothing else, as ``PortableFunction`` asks.
struct MapBody<Element: Sendable, Output: Sendable>: RemoteKernel, Sendable {
    let body: @Sendable (Element) throws -> Output

    static func program(_ opening: ProgramOpening) throws -> any BatchProgram {
        let body = try opening.rebuilt(as: MapBody.self).body
        let input = try ListCodec<Element>()
        return TypedProgram(decode: input.decode, .blocking(body), encode: try ListCodec().encode)
    }
}

/// The asynchronous body of a `map`.
struct AsyncMapBody<Element: Sendable, Output: Sendable>: RemoteKernel, Sendable {
    let body: @Sendable (Element) async throws -> Output

    static func program(_ opening: ProgramOpening) throws -> any BatchProgram {
        let body = try opening.rebuilt(as: AsyncMapBody.self).body
        let input = try ListCodec<Element>()
        return TypedProgram(decode: input.decode, .asynchronous(body), encode: try ListCodec().encode)
    }
}
