internal import JoblibSystem

/// Names calls in messages.
@usableFromInline
enum TaskNaming {
    /// Holds one function and nothing else, as ``ClosureInspection`` asks.
    private struct Holder<Element, Output> {
        let function: @Sendable (Element) throws -> Output
    }

    @usableFromInline
    static func call<Element, Output>(
        _ body: @escaping @Sendable (Element) throws -> Output,
        _ element: Element
    ) -> TaskCall {
        if let call = element as? any NamedCall { return call.taskCall }
        return named(ClosureInspection(functionHeldBy: Holder(function: body))?.name, [element])
    }

    @usableFromInline
    static func call<Element, Shared, Output>(
        _ body: @escaping @Sendable (Element, Shared) throws -> Output,
        _ element: Element,
        _ shared: Shared
    ) -> TaskCall {
        named(ClosureInspection(functionHeldBy: SharingHolder(function: body))?.name, [element, shared])
    }

    private struct SharingHolder<Element, Shared, Output> {
        let function: @Sendable (Element, Shared) throws -> Output
    }

    private struct AsynchronousHolder<Element, Output> {
        let function: @Sendable (Element) async throws -> Output
    }

    static func call<Element, Output>(
        _ body: @escaping @Sendable (Element) async throws -> Output,
        _ element: Element
    ) -> TaskCall {
        named(ClosureInspection(functionHeldBy: AsynchronousHolder(function: body))?.name, [element])
    }

    private static func named(_ name: String?, _ arguments: [Any]) -> TaskCall {
        TaskCall(function: name ?? "a closure", arguments: arguments.map { ArgumentText.describe($0) })
    }
}

/// Something that knows which call it stands for.
protocol NamedCall {
    var taskCall: TaskCall { get }
}

extension DelayedCall: NamedCall {}
