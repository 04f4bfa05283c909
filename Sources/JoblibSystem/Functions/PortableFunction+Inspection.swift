internal import CJoblibSystem

extension PortableFunction {
    /// Takes apart the function that a structure holds.
    ///
    /// Takes a fraction of a microsecond where a function of the same code and shape was taken apart before.
    ///
    /// - Parameter holder: A structure whose only field is a function.
    /// - Throws: When the function holds anything that cannot be made again in another process.
    package init<Holder>(functionHeldBy holder: borrowing Holder) throws(RefusedFunction) {
        guard MemoryLayout<Holder>.size == 2 * MemoryLayout<UInt>.size else {
            throw RefusedFunction(reason: .notAFunction(_typeName(Holder.self, qualified: false)), name: nil)
        }
        // Safe: the two words were just checked to be there, and the value keeps the context alive meanwhile.
        self = try unsafe withUnsafeBytes(of: holder) { (words) throws(RefusedFunction) in
            try unsafe PortableFunction(
                code: words.load(as: UInt.self),
                context: words.load(fromByteOffset: 8, as: UInt.self)
            )
        }
    }

    /// - Parameters:
    ///   - code: The closure's first word.
    ///   - context: The closure's second word: 0, or a heap object that lives during this call.
    private init(code: UInt, context: UInt) throws(RefusedFunction) {
        do throws(RefusedFunction.Reason) {
            let code = try Self.function(at: code)
            var walk = Walk()
            if context != 0 {
                // Enough for a thunk: one allocation.
                walk.parts.reserveCapacity(2)
                try walk.append(context: context, depth: 1)
            }
            self.init(code: code, parts: walk.parts)
        } catch {
            throw RefusedFunction(reason: error, name: Self.name(code: code, context: context))
        }
    }

    private static func function(at word: UInt) throws(RefusedFunction.Reason) -> ImageAddress {
        // Safe: only the pointer's number is used.
        let address = unsafe UInt(bitPattern: joblib_strip_code_pointer(UnsafeRawPointer(bitPattern: word)))
        guard let code = ImageAddress.ofFunction(at: address) else { throw .outsideImages }
        return code
    }

    private static func name(code: UInt, context: UInt) -> String? {
        guard let function = unsafe UnsafeRawPointer(bitPattern: code) else { return nil }
        // Safe: the caller keeps the context alive.
        return unsafe ClosureInspection(function: function, context: UnsafeRawPointer(bitPattern: context)).name
    }

    private struct Walk {
        var parts: [Part] = []

        mutating func append(context: UInt, depth: Int) throws(RefusedFunction.Reason) {
            guard depth <= PortableFunction.maximumDepth else { throw .tooLarge }
            guard let words = unsafe UnsafeRawPointer(bitPattern: context) else { throw .outsideImages }
            // Safe: a context is a heap object, whose first word is its metadata's address.
            let metadata = unsafe words.load(as: UInt.self)
            let layout: CaptureLayout
            do throws(RefusedFunction.Reason) {
                layout = try CaptureLayout.of(metadata: metadata)
            } catch {
                throw unsafe ObjectContext.reason(for: words) ?? error
            }
            parts.append(.context(layout.metadata))
            guard parts.count + layout.bindings.count + layout.functionCount <= PortableFunction.maximumParts else {
                throw .tooLarge
            }
            var place = CaptureLayout.headerSize
            if !layout.bindings.isEmpty {
                // Safe: the layout is that of this very object.
                let bound = layout.bindings.indices.map { index in
                    unsafe words.load(fromByteOffset: CaptureLayout.headerSize + index * 8, as: UInt.self)
                }
                parts += try GenericBinding.parts(layout.bindings, bound)
                place += bound.count * 8
            }
            for _ in 0..<layout.functionCount {
                // Safe: the layout is that of this very object.
                let code = unsafe words.load(fromByteOffset: place, as: UInt.self)
                let inner = unsafe words.load(fromByteOffset: place + 8, as: UInt.self)
                parts.append(.function(try PortableFunction.function(at: code), hasContext: inner != 0))
                if inner != 0 { try append(context: inner, depth: depth + 1) }
                place += 16
            }
        }
    }
}
