internal import JoblibSystem

/// What can travel to another process, with errors that say what to write where something can't.
enum Travelling {
    /// How values of a type travel.
    ///
    /// - Parameter role: What the values are, for the error.
    static func codec<Value>(_ type: Value.Type, as role: String) throws -> ListCodec<Value> {
        do throws(NotCodable) {
            return try ListCodec<Value>()
        } catch {
            throw JoblibError.notCodable(error.type, in: type, role: role)
        }
    }

    /// The one function that a structure holds.
    static func function<Holder>(heldBy holder: Holder) throws -> [UInt8] {
        do throws(RefusedFunction) {
            return bytes(try PortableFunction(functionHeldBy: holder))
        } catch {
            throw JoblibError.functionCannotTravel(error)
        }
    }

    static func bytes(_ function: PortableFunction) -> [UInt8] {
        var bytes: [UInt8] = []
        function.write(to: &bytes)
        return bytes
    }

    static func function(_ bytes: [UInt8]) throws -> PortableFunction {
        var rest = bytes[...]
        let function = try PortableFunction(reading: &rest)
        guard rest.isEmpty else { throw MessageReader.Damage() }
        return function
    }
}

/// The names of types in messages.
enum TypeName {
    static func bytes(of type: any Any.Type) throws -> [UInt8] {
        do throws(RefusedType) {
            var bytes: [UInt8] = []
            try PortableType(type).write(to: &bytes)
            return bytes
        } catch {
            throw JoblibError.typeCannotTravel(error)
        }
    }

    static func type(_ bytes: [UInt8]) throws -> any Any.Type {
        var rest = bytes[...]
        guard let name = PortableType(reading: &rest), rest.isEmpty, let type = name.resolve() else {
            throw MessageReader.Damage()
        }
        return type
    }
}
