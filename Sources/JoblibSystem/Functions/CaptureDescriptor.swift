/// Reads what the compiler tells about a closure's context, for reflection: how many values it holds, of which types.
///
/// It is data of the program (section swift5_capture), so it stays when symbols are stripped; it is as trustworthy as the
/// code, because one compiler made both. See swift/RemoteInspection/Records.h, `CaptureDescriptor`, and
/// swift/ABI/Metadata.h, `TargetHeapLocalVariableMetadata`.
struct CaptureDescriptor {
    /// `MetadataKind::HeapLocalVariable`.
    static let contextKind: UInt = 0x400
    /// More than any closure holds; an end for what is no descriptor.
    private static let most: UInt32 = 256

    private let image: LoadedImage
    private let address: UInt64
    private let captureCount: UInt32
    private let sourceCount: UInt32
    private let bindingCount: UInt32

    /// - Parameters:
    ///   - metadata: An address in the image at which 24 bytes can be read.
    static func layout(
        metadata: UInt,
        at place: ImageAddress,
        in image: LoadedImage
    ) throws(RefusedFunction.Reason) -> CaptureLayout {
        guard let words = unsafe UnsafeRawPointer(bitPattern: metadata) else { throw .unknownContext("it is nowhere") }
        // Safe: three words of the image.
        guard unsafe words.load(as: UInt.self) == contextKind,
            unsafe words.load(fromByteOffset: 8, as: UInt32.self) == CaptureLayout.headerSize
        else { throw .unknownContext("it has an unknown form") }
        let address = unsafe words.load(fromByteOffset: 16, as: UInt.self)
        guard address != 0 else {
            throw .unknownContext("the program was built without reflection metadata")
        }
        guard let descriptor = CaptureDescriptor(at: UInt64(address), in: image) else {
            throw .unknownContext("its description is of an unknown form")
        }
        return try descriptor.layout(metadata: place)
    }

    private init?(at address: UInt64, in image: LoadedImage) {
        guard address % 4 == 0, image.canRead(12, at: address) else { return nil }
        self.image = image
        self.address = address
        captureCount = Self.word(at: address)
        sourceCount = Self.word(at: address + 4)
        bindingCount = Self.word(at: address + 8)
        guard captureCount <= Self.most, sourceCount <= Self.most, bindingCount <= Self.most,
            image.canRead(12 + UInt64(captureCount) * 4 + UInt64(sourceCount) * 8, at: address)
        else { return nil }
    }

    private func layout(metadata: ImageAddress) throws(RefusedFunction.Reason) -> CaptureLayout {
        var types: [MangledText] = []
        for index in 0..<UInt64(captureCount) {
            guard let type = MangledText(at: Self.target(of: address + 12 + index * 4), in: image) else {
                throw .unknownContext("its description is of an unknown form")
            }
            types.append(type)
        }
        guard types.allSatisfy(\.isFunction) else {
            throw .captures(types.map { $0.readable(isGeneric: bindingCount > 0) })
        }
        return CaptureLayout(metadata: metadata, bindings: try bindings(), functionCount: types.count)
    }

    private func bindings() throws(RefusedFunction.Reason) -> [CaptureLayout.Binding] {
        // What is said to be no type is a conformance.
        var bindings = [CaptureLayout.Binding](repeating: .witnesses, count: Int(bindingCount))
        let start = address + 12 + UInt64(captureCount) * 4
        for index in 0..<UInt64(sourceCount) {
            let source = MangledText(at: Self.target(of: start + index * 8 + 4), in: image)
            guard let number = source?.bindingNumber, bindings.indices.contains(number) else {
                throw .genericContext("its type parameters are not where they can be read")
            }
            bindings[number] = .type
        }
        return bindings
    }

    /// The 32-bit number at an address that was found to be readable.
    private static func word(at address: UInt64) -> UInt32 {
        // Safe: checked by the caller, and aligned to four bytes.
        unsafe UnsafeRawPointer(bitPattern: UInt(address))?.load(as: UInt32.self) ?? 0
    }

    /// Where a 32-bit distance at an address leads.
    private static func target(of address: UInt64) -> UInt64 {
        address &+ UInt64(bitPattern: Int64(Int32(bitPattern: word(at: address))))
    }
}
