internal import JoblibSystem

/// The functions of a call's delayed calls, by number: usually one, and made anew for each call.
final class FunctionTable: Sendable {
    private struct Key: Hashable {
        let type: ObjectIdentifier
        let function: PortableFunction
    }

    private struct State {
        var numbers: [Key: Int] = [:]
        var functions: [BatchOrder.Function] = []
        /// The last one found: most calls are of the same function.
        var last: (key: Key, number: Int)?
    }

    private let state = Lock(State())

    /// - Throws: ``JoblibError`` for a function that captures something, and for types that can't travel.
    func number(of function: any RemoteFunction) throws -> Int {
        let type = type(of: function)
        let portable: PortableFunction
        do throws(RefusedFunction) {
            portable = try function.portable()
        } catch {
            throw JoblibError.functionCannotTravel(error)
        }
        let key = Key(type: ObjectIdentifier(type), function: portable)
        let known = state.withLock { state -> Int? in
            if let last = state.last, last.key == key { return last.number }
            return state.numbers[key]
        }
        if let known { return known }
        if let obstacle = type.obstacle {
            throw JoblibError.notCodable(obstacle, in: obstacle, role: "an argument or the result")
        }
        let name = try TypeName.bytes(of: type)
        return state.withLock { state in
            if let known = state.numbers[key] { return known }
            let number = state.functions.count
            state.functions.append(BatchOrder.Function(number: number, type: name, code: Travelling.bytes(portable)))
            state.numbers[key] = number
            state.last = (key, number)
            return number
        }
    }

    func functions(_ numbers: [Int]) -> [BatchOrder.Function] {
        state.withLock { state in numbers.map { state.functions[$0] } }
    }
}
