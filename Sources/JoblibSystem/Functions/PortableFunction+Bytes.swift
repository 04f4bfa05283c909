extension PortableFunction {
    /// Appends what ``init(reading:)`` takes: 5 to 20 bytes for a function of the program.
    package func write(to bytes: inout [UInt8]) {
        code.write(to: &bytes)
        bytes.append(isPlain ? 0 : 1)
        for part in parts {
            switch part {
            case .context(let metadata): metadata.write(to: &bytes)
            case .type(let type): type.write(to: &bytes)
            case .witnesses(let table):
                bytes.append(0)
                table.write(to: &bytes)
            case .conformance(let conformance):
                bytes.append(1)
                conformance.write(to: &bytes)
            case .function(let code, let hasContext):
                code.write(to: &bytes)
                bytes.append(hasContext ? 1 : 0)
            }
        }
    }

    /// Takes a function from the front of the bytes, and checks that all it is made of is in this process.
    ///
    /// What it cannot check is that the function has the type that the reader wants it to have: that is for the two
    /// processes to agree on.
    ///
    /// - Throws: When the bytes are anything else; they never lead outside this process's functions.
    package init(reading bytes: inout ArraySlice<UInt8>) throws(UnusableFunction) {
        var reader = Reader(bytes: bytes)
        let code = try reader.function()
        if code.hasContext { try reader.context(depth: 1) }
        self.init(code: code.address, parts: reader.parts)
        bytes = reader.bytes
    }

    private struct Reader {
        var bytes: ArraySlice<UInt8>
        var parts: [Part] = []

        mutating func function() throws(UnusableFunction) -> (address: ImageAddress, hasContext: Bool) {
            let address = try ImageAddress(reading: &bytes)
            guard let place = address.address, ImageAddress.ofFunction(at: place) == address else {
                throw .nothing(atOffset: address.offset)
            }
            switch bytes.popFirst() {
            case 0: return (address, false)
            case 1: return (address, true)
            default: throw .malformed
            }
        }

        /// The metadata says what follows: both processes have the same.
        mutating func context(depth: Int) throws(UnusableFunction) {
            let metadata = try ImageAddress(reading: &bytes)
            guard let place = metadata.address, let layout = try? CaptureLayout.of(metadata: place),
                layout.metadata == metadata
            else { throw .nothing(atOffset: metadata.offset) }
            parts.append(.context(metadata))
            guard depth <= maximumDepth, parts.count + layout.bindings.count + layout.functionCount <= maximumParts
            else { throw .malformed }
            for binding in layout.bindings {
                switch binding {
                case .type: parts.append(.type(try type()))
                case .witnesses: parts.append(try witnesses())
                }
            }
            for _ in 0..<layout.functionCount {
                let function = try function()
                parts.append(.function(function.address, hasContext: function.hasContext))
                if function.hasContext { try context(depth: depth + 1) }
            }
        }

        private mutating func type() throws(UnusableFunction) -> PortableType {
            guard let type = PortableType(reading: &bytes) else { throw .malformed }
            guard type.resolve() != nil else { throw .missingType(type.name) }
            return type
        }

        private mutating func witnesses() throws(UnusableFunction) -> Part {
            switch bytes.popFirst() {
            case 0:
                let address = try ImageAddress(reading: &bytes)
                guard let place = address.address, GenericBinding.witnesses(at: place) == address else {
                    throw .nothing(atOffset: address.offset)
                }
                return .witnesses(address)
            case 1:
                guard let conformance = PortableConformance(reading: &bytes) else { throw .malformed }
                guard conformance.table != nil else { throw .missingType(conformance.type.name) }
                return .conformance(conformance)
            default: throw .malformed
            }
        }
    }
}
