internal import CJoblibSystem

/// How a type conforms to a protocol, by their names: for tables that the runtime makes, as for `[Int]: Encodable`.
struct PortableConformance: Sendable, Hashable {
    let type: PortableType
    /// `any P` for the protocol P.
    let existential: PortableType

    private init(type: PortableType, existential: PortableType) {
        self.type = type
        self.existential = existential
    }

    private static let known = PermanentTable<PortableConformance>()

    /// What a table is the conformance of; nil when it is none of these types'.
    ///
    /// - Parameters:
    ///   - table: A word of a context that is no type.
    ///   - types: The types in that context: one that conforms is mostly among them.
    init?(table: UInt, of types: [PortableType]) {
        if let known = Self.known[table] {
            self = known
            return
        }
        guard let existential = Self.existential(ofTable: table) else { return nil }
        for type in types {
            let conformance = PortableConformance(type: type, existential: existential)
            // The only proof that this is what was meant.
            guard conformance.table == table else { continue }
            Self.known.insert(conformance, for: table)
            self = conformance
            return
        }
        return nil
    }

    /// The address of this process's table; nil when the type does not conform or either is unknown here.
    var table: UInt? {
        guard let type = type.resolve(),
            let protocolAddress = unsafe Self.protocolAddress(of: existential.resolve())
        else { return nil }
        // Safe: both are what the runtime gave us for their names.
        let table = unsafe joblib_conformance(unsafeBitCast(type, to: UnsafeRawPointer.self), protocolAddress)
        return unsafe table.map { UInt(bitPattern: $0) }
    }

    /// `any P` for the protocol that a table is for.
    private static func existential(ofTable table: UInt) -> PortableType? {
        var descriptor: UInt = 0
        // Safe: the kernel copies eight bytes, or says that there are none. The first word leads to the conformance's
        // descriptor, which begins with the distance to the protocol's, or, when odd, to a word with its address.
        guard table % 8 == 0, let start = unsafe UnsafeRawPointer(bitPattern: table),
            unsafe joblib_can_read(start, &descriptor, 8),
            let distance = number(at: UInt64(descriptor), as: Int32.self)
        else { return nil }
        var place = UInt64(descriptor) &+ UInt64(bitPattern: Int64(distance & ~1))
        if distance & 1 != 0 {
            guard let address = number(at: place, as: UInt64.self) else { return nil }
            place = address
        }
        // A protocol's descriptor begins with flags: 3 for its kind; bit 16 is clear when only classes conform
        // (swift/ABI/MetadataValues.h, ContextDescriptorFlags and ProtocolContextDescriptorFlags).
        guard let flags = number(at: place, as: UInt32.self), flags & 0x1f == 3,
            let address = unsafe UnsafeRawPointer(bitPattern: UInt(place)),
            let metadata = unsafe joblib_existential(address, flags & 0x10000 == 0)
        else { return nil }
        // Safe: a metatype is its metadata's address.
        let type = unsafe unsafeBitCast(metadata, to: Any.Type.self)
        return try? PortableType(type)
    }

    /// A number in an image; nil where there is none.
    private static func number<Value: FixedWidthInteger>(at address: UInt64, as: Value.Type) -> Value? {
        let size = MemoryLayout<Value>.size
        guard address % UInt64(size) == 0, let (_, image) = ImageTable.find(address),
            image.canRead(UInt64(size), at: address)
        else { return nil }
        // Safe: that many bytes of an image, aligned; every bit pattern is a number.
        return unsafe UnsafeRawPointer(bitPattern: UInt(address))?.load(as: Value.self)
    }

    /// The protocol P of `any P`; nil for a type that is anything else.
    private static func protocolAddress(of existential: Any.Type?) -> UnsafeRawPointer? {
        guard let existential else { return nil }
        // Safe: metadata of an existential type (0x303) has two words before the addresses of its protocols, unless it
        // has a superclass (swift/ABI/Metadata.h, TargetExistentialTypeMetadata); one of a plain `any P` has one.
        let metadata = unsafe unsafeBitCast(existential, to: UnsafeRawPointer.self)
        guard unsafe metadata.load(as: UInt.self) == 0x303 else { return nil }
        let flags = unsafe metadata.load(fromByteOffset: 8, as: UInt32.self)
        guard flags & 0x4000_0000 == 0, unsafe metadata.load(fromByteOffset: 12, as: UInt32.self) == 1 else {
            return nil
        }
        return unsafe metadata.load(fromByteOffset: 16, as: UnsafeRawPointer?.self)
    }
}

extension PortableConformance {
    func write(to bytes: inout [UInt8]) {
        type.write(to: &bytes)
        existential.write(to: &bytes)
    }

    /// Takes a conformance from the front of the bytes; nil when they are no such thing.
    init?(reading bytes: inout ArraySlice<UInt8>) {
        guard let type = PortableType(reading: &bytes), let existential = PortableType(reading: &bytes) else {
            return nil
        }
        self.init(type: type, existential: existential)
    }
}
