internal import JoblibSystem

/// A ``DelayedFunction``, whatever its types.
protocol RemoteFunction: Sendable {
    /// For messages.
    var name: String { get }
    /// What the function is, for another process.
    func portable() throws(RefusedFunction) -> PortableFunction
    /// The first type of an argument of which no values can travel.
    static var obstacle: (any Any.Type)? { get }
    /// The function in a worker.
    static func arrived(_ function: PortableFunction) throws -> any ArrivedFunction
    /// The arguments, as values that encode themselves.
    static func encodable(_ arguments: [any Sendable]) -> [any Encodable]
}

/// A function in a worker, which knows what its arguments are.
protocol ArrivedFunction: Sendable {
    /// Takes the arguments of one call; an `ArrivedCall`.
    func call(from container: inout any UnkeyedDecodingContainer) throws -> AnyObject
}

/// As ``ArrivedFunction``, with its types.
struct TypedArrivedFunction<each Argument: Sendable, Output: Sendable>: ArrivedFunction {
    let function: @Sendable (repeat each Argument) throws -> Output

    func call(from container: inout any UnkeyedDecodingContainer) throws -> AnyObject {
        let arguments = (repeat try Self.next((each Argument).self, &container))
        let function = function
        return ArrivedCall<Output> { try function(repeat each arguments) }
    }

    private static func next<T>(_ type: T.Type, _ container: inout any UnkeyedDecodingContainer) throws -> T {
        try container.decode(TravellingValue<T>.self).value
    }
}

extension DelayedFunction: RemoteFunction {
    func portable() throws(RefusedFunction) -> PortableFunction {
        // This structure holds one function and nothing else, as the inspection asks.
        try PortableFunction(functionHeldBy: self)
    }

    static var obstacle: (any Any.Type)? {
        for type in repeat (each Argument).self {
            if let obstacle = CodableShape.obstacle(in: type) { return obstacle }
        }
        return CodableShape.obstacle(in: Output.self)
    }

    static func arrived(_ function: PortableFunction) throws -> any ArrivedFunction {
        TypedArrivedFunction(function: try function.rebuild(as: Self.self).function)
    }

    static func encodable(_ arguments: [any Sendable]) -> [any Encodable] {
        var encodable: [any Encodable] = []
        encodable.reserveCapacity(arguments.count)
        var place = 0
        for type in repeat (each Argument).self {
            encodable.append(Self.travelling(arguments[place], as: type))
            place += 1
        }
        return encodable
    }

    private static func travelling<T>(_ value: any Sendable, as type: T.Type) -> any Encodable {
        guard let value = value as? T else { preconditionFailure("an argument is not of its own type") }
        return TravellingValue(value)
    }
}
