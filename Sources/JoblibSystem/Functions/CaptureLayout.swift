/// What a context holds that was found to be made of functions and generic parameters only.
///
/// In order: two words of header, the bindings of generic parameters, a word each, and the functions, two words each.
struct CaptureLayout: Sendable, Hashable {
    /// A word by which a closure in generic code knows what its type parameters stand for.
    enum Binding: Sendable, Hashable {
        case type
        /// How a type conforms to a protocol.
        case witnesses
    }

    static let headerSize = 16

    let metadata: ImageAddress
    let bindings: [Binding]
    let functionCount: Int

    var byteCount: Int { Self.headerSize + bindings.count * 8 + functionCount * 16 }

    /// Those that were read before, by the metadata's address.
    private static let known = PermanentTable<CaptureLayout>()

    /// The layout of contexts with this metadata.
    ///
    /// - Parameter metadata: The first word of a context, or any other address.
    /// - Throws: When they hold anything else, or it cannot be told.
    static func of(metadata: UInt) throws(RefusedFunction.Reason) -> CaptureLayout {
        if let layout = known[metadata] { return layout }
        guard let place = ImageAddress.ofData(at: metadata, byteCount: 24),
            let image = ImageTable.image(place.image)
        else { throw .unknownContext("it was made at run time") }
        let layout = try CaptureDescriptor.layout(metadata: metadata, at: place, in: image)
        known.insert(layout, for: metadata)
        return layout
    }
}
