extension PortableFunction {
    /// Makes the function in this process.
    ///
    /// Its contexts are made once and live as long as the process.
    ///
    /// - Parameter type: A structure whose only field is a function of the very type that the function had where it was
    ///   taken apart: nothing can check that here.
    package func rebuild<Holder>(as type: Holder.Type) throws(UnusableFunction) -> Holder {
        guard MemoryLayout<Holder>.size == 2 * MemoryLayout<UInt>.size else {
            throw .noHolder(_typeName(Holder.self, qualified: false))
        }
        let words = (try Self.word(code), isPlain ? 0 : try Contexts.context(of: self))
        // Safe: the caller vouches for the type; a function is its code and a context, which takes no count of references.
        return unsafe withUnsafeBytes(of: words) { bytes in
            unsafe bytes.load(as: Holder.self)
        }
    }

    private static func word(_ address: ImageAddress) throws(UnusableFunction) -> UInt {
        guard let word = address.address else { throw .nothing(atOffset: address.offset) }
        return word
    }

    private enum Contexts {
        // Touched with `lock` held only.
        private nonisolated(unsafe) static var made: [PortableFunction: UInt] = [:]
        /// The C library's, which ThreadSanitizer knows.
        private static let lock = Monitor()

        static func context(of function: PortableFunction) throws(UnusableFunction) -> UInt {
            if let known = lock.withLock({ unsafe made[function] }) { return known }
            var parts = function.parts[...]
            let context = try make(&parts)
            // Another thread may have been first; its context is as good, and ours is lost once.
            lock.withLock { unsafe made[function] = context }
            return context
        }

        private static func make(_ parts: inout ArraySlice<Part>) throws(UnusableFunction) -> UInt {
            guard case .context(let place)? = parts.popFirst() else { throw .malformed }
            let metadata = try word(place)
            guard let layout = try? CaptureLayout.of(metadata: metadata) else { throw .nothing(atOffset: place.offset) }
            var words = [metadata, PermanentObject.countWord]
            for _ in layout.bindings {
                switch parts.popFirst() {
                case .type(let type): words.append(try self.type(type))
                case .witnesses(let table): words.append(try word(table))
                case .conformance(let conformance):
                    guard let table = conformance.table else { throw .missingType(conformance.type.name) }
                    words.append(table)
                default: throw .malformed
                }
            }
            for _ in 0..<layout.functionCount {
                guard case .function(let code, let hasContext)? = parts.popFirst() else { throw .malformed }
                words.append(try word(code))
                words.append(hasContext ? try make(&parts) : 0)
            }
            return PermanentObject.make(words)
        }

        private static func type(_ type: PortableType) throws(UnusableFunction) -> UInt {
            guard let found = type.resolve() else { throw .missingType(type.name) }
            // Safe: a metatype is its metadata's address.
            return unsafe UInt(bitPattern: unsafeBitCast(found, to: UnsafeRawPointer.self))
        }
    }
}
