internal import JoblibCoding
internal import JoblibSystem

/// How the tasks of one call travel, once it is clear that they can.
struct RemoteRun<Element: Sendable, Output: Sendable>: Sendable {
    /// What the workers have to know; without types.
    let description: RemoteRunDescription
    /// The tasks of a batch as bytes, and the functions among them that are named by number.
    let encode: @Sendable ([Element], WireCoder) throws -> (bytes: [UInt8], functions: [Int])
    let decode: @Sendable ([UInt8], WireCoder) throws -> [Output]

    /// A call whose tasks all run one body.
    ///
    /// - Throws: ``JoblibError`` for a body that captures something, and for types that can't travel.
    init<Kernel: RemoteKernel>(_ kernel: Kernel, _ transport: any Transport) throws {
        try self.init(kernel, shared: nil, transport)
    }

    /// A call whose tasks share a value.
    init<Kernel: RemoteKernel, Shared: Sendable>(
        _ kernel: Kernel,
        sharing value: Shared,
        _ transport: any Transport
    ) throws {
        let codec = try Travelling.codec(Shared.self, as: "the shared value")
        try self.init(kernel, shared: { try codec.encode([value], $0) }, transport)
    }

    private init<Kernel: RemoteKernel>(
        _ kernel: Kernel,
        shared: (@Sendable (WireCoder) throws -> [UInt8])?,
        _ transport: any Transport
    ) throws {
        let function = try Travelling.function(heldBy: kernel)
        // Refused under their own names, not as parts of the kernel's.
        for type in [Element.self, Output.self] as [any Any.Type] { _ = try TypeName.bytes(of: type) }
        let input = try Travelling.codec(Element.self, as: "the input")
        description = RemoteRunDescription(
            kernel: try TypeName.bytes(of: Kernel.self),
            function: function,
            shared: shared,
            transport: transport,
            transportName: try TransportName.bytes(of: transport),
            functions: nil
        )
        encode = { (try input.encode($0, $1), []) }
        decode = try Travelling.codec(Output.self, as: "the result").decode
    }
}

extension RemoteRun where Element == DelayedCall<Output> {
    /// Delayed calls: their functions are looked at as they come.
    init(callsWith transport: any Transport) throws {
        let functions = FunctionTable()
        description = RemoteRunDescription(
            kernel: try TypeName.bytes(of: CallsBody<Output>.self),
            function: nil,
            shared: nil,
            transport: transport,
            transportName: try TransportName.bytes(of: transport),
            functions: functions
        )
        encode = { calls, coder in
            var departing: [(number: Int, arguments: [any Encodable])] = []
            departing.reserveCapacity(calls.count)
            for call in calls {
                let number = try functions.number(of: call.remote)
                departing.append((number, type(of: call.remote).encodable(call.arguments)))
            }
            return (try coder.encode(DepartingCalls(calls: departing)), Array(Set(departing.map(\.number))))
        }
        decode = try Travelling.codec(Output.self, as: "the result").decode
    }
}

/// What the workers have to know of a call, without its types.
struct RemoteRunDescription: Sendable {
    let kernel: [UInt8]
    let function: [UInt8]?
    let shared: (@Sendable (WireCoder) throws -> [UInt8])?
    let transport: any Transport
    let transportName: [UInt8]
    /// The functions of delayed calls.
    let functions: FunctionTable?
}
