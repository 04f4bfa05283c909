/// The function behind a closure value, so that an error can name what the user passed.
///
/// A closure is two words: code and context. Converting a function to another shape wraps it in a thunk whose context
/// holds the function itself, as two words again; such thunks are looked through.
///
/// For example, inside `struct Call<R> { let body: @Sendable () throws -> R }`:
///
///     let name = ClosureInspection(functionHeldBy: self)?.name ?? "a function"
package struct ClosureInspection: Sendable {
    /// The names met on the way from the closure's own code to the function it stands for, demangled.
    ///
    /// Empty when the program has no symbols.
    package let symbols: [String]

    /// The function's name as its author would write it; nil when it cannot be told.
    package var name: String? {
        // The last one is the function itself, unless its name says nothing.
        reference ?? symbols.reversed().lazy.compactMap(FunctionName.readable).first
    }

    /// What a reference such as `forest.grow` refers to, where the compiler made a closure of it.
    private let reference: String?

    /// Inspects the words of a closure.
    ///
    /// - Parameters:
    ///   - function: The closure's first word: code.
    ///   - context: The closure's second word: nothing, or a heap object that lives during this call.
    package init(function: UnsafeRawPointer, context: UnsafeRawPointer?) {
        var symbols: [String] = []
        var function = unsafe function
        var context = unsafe context
        // Four thunks are more than the compiler makes, and an end in any case.
        for _ in 0...4 {
            guard let symbol = unsafe FunctionSymbols.name(at: function) else { break }
            symbols.append(symbol)
            // Only this symbol promises that the context is what is read below.
            guard Self.isThunk(symbol), let held = unsafe context else { break }
            // Safe: such a thunk's context is a heap object of 32 bytes: header, function, the function's context.
            guard let inner = unsafe held.load(fromByteOffset: 16, as: UnsafeRawPointer?.self) else { break }
            unsafe function = inner
            unsafe context = held.load(fromByteOffset: 24, as: UnsafeRawPointer?.self)
        }
        self.symbols = symbols
        if let last = symbols.last, let name = unsafe FunctionReference.name(of: function, symbol: last) {
            reference = name
        } else {
            reference = nil
        }
    }

    /// Inspects a structure whose only field is a function; nil for anything that is not two words.
    ///
    /// - Parameter value: Such a structure.
    package init?<Value>(functionHeldBy value: borrowing Value) {
        let word = MemoryLayout<UInt>.size
        guard MemoryLayout<Value>.size == 2 * word else { return nil }
        // Safe: the two words were just checked to be there, and the value keeps the context alive meanwhile.
        let found = unsafe withUnsafeBytes(of: value) { bytes -> ClosureInspection? in
            guard let function = unsafe bytes.load(as: UnsafeRawPointer?.self) else { return nil }
            return unsafe ClosureInspection(
                function: function,
                context: bytes.load(fromByteOffset: word, as: UnsafeRawPointer?.self)
            )
        }
        guard let found else { return nil }
        self = found
    }

    /// Whether a symbol is a thunk that calls the function in its context.
    static func isThunk(_ symbol: String) -> Bool {
        var symbol = symbol[...]
        for prefix in ["async function pointer to ", "partial apply forwarder for "] where symbol.hasPrefix(prefix) {
            symbol = symbol.dropFirst(prefix.count)
        }
        return symbol.hasPrefix("reabstraction thunk helper")
    }
}
