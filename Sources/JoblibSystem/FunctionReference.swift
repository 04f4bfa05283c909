/// Finds the method that `forest.grow` or `Forest.plant` names where it is used as a value.
///
/// The compiler makes an "implicit closure" of such a reference, whose name tells the instance's type but not the
/// method. All it does is to call the method: the one function of the same signature that its code calls.
enum FunctionReference {
    private static let mark = "implicit closure #"

    /// The readable name of the method behind an implicit closure; nil when that is not plain to see, as when the
    /// method was inlined or is chosen at run time.
    ///
    /// - Parameters:
    ///   - closure: The closure's code.
    ///   - symbol: The closure's demangled name, perhaps as part of a thunk's or a specialisation's.
    static func name(of closure: UnsafeRawPointer, symbol: String) -> String? {
        guard let signature = signature(in: symbol) else { return nil }
        var address = unsafe closure
        // A forwarder calls the closure, which calls the method.
        for _ in 0..<3 {
            let calls = unsafe calls(in: address)
            let methods = calls.compactMap { FunctionPath(FunctionName.unwrapped($0.name[...])) }
                .filter { $0.signature == signature }
            if methods.count == 1 { return methods[0].description }
            let closures = calls.filter { self.signature(in: $0.name) == signature }
            guard methods.isEmpty, closures.count == 1, let next = closures.first else { return nil }
            // Safe: the address is the start of a function in a table of this process.
            guard let code = unsafe UnsafeRawPointer(bitPattern: UInt(next.address)) else { return nil }
            unsafe address = code
        }
        return nil
    }

    /// "(Swift.Int) -> Swift.Int" of "implicit closure #1 @Sendable (Swift.Int) -> Swift.Int in …".
    static func signature(in symbol: String) -> String? {
        guard let start = symbol.range(ofText: mark),
            let (before, _) = symbol[start.upperBound...].splitAtTopLevel(" in ")
        else { return nil }
        return String(before.drop { $0 != "(" })
    }

    private struct Call: Hashable {
        var address: UInt64
        var name: String
    }

    /// The functions with readable names that a function calls; none where its code must not be read.
    private static func calls(in address: UnsafeRawPointer) -> Set<Call> {
        guard let location = unsafe FunctionSymbols.location(of: address),
            let function = location.table.function(at: location.place), function.address == location.place,
            // An implicit closure is short; a long function is none and would have too many calls to tell.
            function.size <= min(location.readable, 1 << 14)
        else { return [] }
        // Safe: these bytes are in the segment, which the system lets this process read.
        let code = unsafe Array(UnsafeRawBufferPointer(start: address, count: Int(function.size)))
        var calls: Set<Call> = []
        for target in MachineCode.callTargets(code, at: location.place) {
            // What only looks like a call does not lead to the very start of another function.
            guard target &- function.address >= function.size, let callee = location.table.function(at: target),
                callee.address == target, let name = FunctionSymbols.demangled(callee.name),
                FunctionName.readable(demangled: name) != nil
            else { continue }
            calls.insert(Call(address: target &+ location.bias, name: name))
        }
        return calls
    }
}
