internal import CJoblibSystem

/// A word in a context by which a closure in generic code knows what its type parameters stand for.
enum GenericBinding {
    /// What a context's bindings are in every process of the program.
    ///
    /// - Parameter words: As many as there are bindings.
    static func parts(
        _ bindings: [CaptureLayout.Binding],
        _ words: [UInt]
    ) throws(RefusedFunction.Reason) -> [PortableFunction.Part] {
        var types: [PortableType] = []
        for (binding, word) in zip(bindings, words) where binding == .type {
            guard let type = type(at: word) else { throw .genericContext("its parameters are not all types") }
            do throws(RefusedType) {
                types.append(try PortableType(type))
            } catch {
                throw .genericContext("its type parameter stands for \(error.typeName), \(error.cause)")
            }
        }
        var rest = types[...]
        var parts: [PortableFunction.Part] = []
        for (binding, word) in zip(bindings, words) {
            if binding == .type, let type = rest.popFirst() {
                parts.append(.type(type))
            } else if let address = witnesses(at: word) {
                parts.append(.witnesses(address))
            } else if let conformance = PortableConformance(table: word, of: types) {
                parts.append(.conformance(conformance))
            } else {
                throw .genericContext("it needs a conformance that no name leads to")
            }
        }
        return parts
    }

    /// A witness table that is data of an image; nil for one that was made at run time, and for what is none.
    static func witnesses(at word: UInt) -> ImageAddress? {
        guard let place = ImageAddress.ofData(at: word, byteCount: 8),
            // The runtime makes tables in memory of its own library, too.
            let image = ImageTable.image(place.image), image.isConstant(UInt64(word)),
            let table = unsafe UnsafeRawPointer(bitPattern: word)
        else { return nil }
        // Safe: eight bytes of an image. The first word leads to the conformance's descriptor.
        let descriptor = unsafe table.load(as: UInt.self)
        guard descriptor % 4 == 0, let (_, owner) = ImageTable.find(UInt64(descriptor)),
            owner.canRead(16, at: UInt64(descriptor))
        else { return nil }
        return place
    }

    /// Words that were found to be types.
    private static let knownTypes = PermanentTable<Bool>()

    /// The type whose metadata is at an address; nil for a number or a pack, which a binding can also be.
    private static func type(at word: UInt) -> Any.Type? {
        guard word % 8 == 0, let pointer = unsafe UnsafeRawPointer(bitPattern: word) else { return nil }
        if knownTypes[word] == nil {
            var kind: UInt = 0
            // Safe: the kernel copies eight bytes, or says that there are none.
            guard unsafe joblib_can_read(pointer, &kind, 8), isTypeKind(kind) else { return nil }
            knownTypes.insert(true, for: word)
        }
        // Safe: a metatype is its metadata's address, and there is metadata.
        return unsafe unsafeBitCast(pointer, to: Any.Type.self)
    }

    /// Class, structure, enumeration and so on, up to existential metatype.
    private static func isTypeKind(_ kind: UInt) -> Bool {
        // See swift/ABI/MetadataKind.def.
        if kind == 0 || (0x200...0x205).contains(kind) || (0x300...0x308).contains(kind) { return true }
        #if canImport(ObjectiveC)
        // A class has a pointer there.
        return kind > 0x7ff && kind % 8 == 0
        #else
        return false
        #endif
    }
}
