internal import JoblibCoding
internal import JoblibSystem

/// How the tasks of a call would travel to other processes. Nothing is looked at before a call needs to know.
@usableFromInline
struct RemoteWork<Element: Sendable, Output: Sendable>: Sendable {
    let prepare: @Sendable (any Transport) throws -> RemoteRun<Element, Output>

    private init(prepare: @escaping @Sendable (any Transport) throws -> RemoteRun<Element, Output>) {
        self.prepare = prepare
    }

    @usableFromInline
    static func map(_ body: @escaping @Sendable (Element) throws -> Output) -> RemoteWork {
        RemoteWork { try RemoteRun(MapBody(body: body), $0) }
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
