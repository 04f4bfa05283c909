internal import JoblibSystem

/// A type whose name travels to the workers, and which runs the tasks of a call there.
///
/// The types of elements and results are part of the name; so everything behind ``program(_:)`` is generic code that the
/// compiler has checked, and no value is ever built from types met at run time.
protocol RemoteKernel {
    static func program(_ opening: ProgramOpening) throws -> any BatchProgram
}

/// What a worker has to make a program of.
struct ProgramOpening {
    /// The function that all tasks call.
    var function: PortableFunction?
    /// What all tasks share, encoded as a list of one.
    var shared: [UInt8]?
    var coder: WireCoder

    /// The function, in the structure that held it where it came from.
    func rebuilt<Holder>(as type: Holder.Type) throws -> Holder {
        guard let function else { throw MessageReader.Damage() }
        return try function.rebuild(as: type)
    }

    func sharedValue<Shared: Sendable>(as type: Shared.Type) throws -> Shared {
        guard let shared, let value = try ListCodec<Shared>().decode(shared, coder).first else {
            throw MessageReader.Damage()
        }
        return value
    }
}
