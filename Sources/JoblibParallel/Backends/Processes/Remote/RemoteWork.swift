internal import JoblibCoding
internal import JoblibSystem

/// How the tasks of a call would travel to other processes. Nothing is looked at before a call needs to know.
@usableFromInline
struct RemoteWork<Element: Sendable, Output: Sendable>: Sendable {
    @usableFromInline typealias Wrap = @Sendable ([Output]) -> [Result<Output, TaskFailure>]

    let prepare: @Sendable (any Transport) throws -> RemoteRun<Element, Output>
    /// Makes results of what has arrived: a loop that is fast where it was made, with the types known.
    let wrap: Wrap?

    private init(
        wrap: Wrap? = nil,
        prepare: @escaping @Sendable (any Transport) throws -> RemoteRun<Element, Output>
    ) {
        self.prepare = prepare
        self.wrap = wrap
    }

    @usableFromInline
    static func map(_ body: @escaping @Sendable (Element) throws -> Output, wrap: @escaping Wrap) -> RemoteWork {
        RemoteWork(wrap: wrap) { try RemoteRun(MapBody(body: body), $0) }
    }

    static func map(_ body: @escaping @Sendable (Element) async throws -> Output) -> RemoteWork {
        RemoteWork { try RemoteRun(AsyncMapBody(body: body), $0) }
    }

    @usableFromInline
    static func sharing<Shared: Sendable>(
        _ shared: Shared,
        _ body: @escaping @Sendable (Element, Shared) throws -> Output
    ) -> RemoteWork {
        RemoteWork { try RemoteRun(SharingBody(body: body), sharing: shared, $0) }
    }

    static func sharing<Shared: Sendable>(
        _ shared: Shared,
        _ body: @escaping @Sendable (Element, Shared) async throws -> Output
    ) -> RemoteWork {
        RemoteWork { try RemoteRun(AsyncSharingBody(body: body), sharing: shared, $0) }
    }
}

extension RemoteWork {
    @usableFromInline
    static func calls() -> RemoteWork where Element == DelayedCall<Output> {
        RemoteWork { try RemoteRun(callsWith: $0) }
    }
}
