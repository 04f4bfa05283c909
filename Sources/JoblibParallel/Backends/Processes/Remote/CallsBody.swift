/// Runs delayed calls, of which each may call another function.
struct CallsBody<Output: Sendable>: RemoteKernel {
    static func program(_ opening: ProgramOpening) throws -> any BatchProgram {
        TypedProgram<ArrivedCall<Output>, Output>(
            decode: { bytes, coder in try coder.decode(ArrivedCalls<Output>.self, from: bytes).calls },
            .blocking { try $0.body() },
            encode: try ListCodec().encode
        )
    }
}

/// A delayed call in the worker that is to make it.
final class ArrivedCall<Output: Sendable>: Sendable {
    let body: @Sendable () throws -> Output

    init(_ body: @escaping @Sendable () throws -> Output) {
        self.body = body
    }
}

/// The calls of a batch: the number of each function, and its arguments.
struct ArrivedCalls<Output: Sendable>: Decodable {
    let calls: [ArrivedCall<Output>]

    init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        var calls: [ArrivedCall<Output>] = []
        while !container.isAtEnd {
            let number = try container.decode(Int.self)
            guard let function = ArrivedFunctions.current[number],
                let call = try function.call(from: &container) as? ArrivedCall<Output>
            else {
                let text = "function \(number) has not arrived"
                throw DecodingError.dataCorruptedError(in: container, debugDescription: text)
            }
            calls.append(call)
        }
        self.calls = calls
    }
}

/// The functions that a worker has met in a call, while it decodes a batch.
enum ArrivedFunctions {
    @TaskLocal static var current: [Int: any ArrivedFunction] = [:]
}

/// The calls of a batch on their way.
struct DepartingCalls: Encodable {
    let calls: [(number: Int, arguments: [any Encodable])]

    func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        for call in calls {
            try container.encode(call.number)
            for argument in call.arguments { try container.encode(argument) }
        }
    }
}
