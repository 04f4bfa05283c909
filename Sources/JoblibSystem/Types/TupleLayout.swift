/// Where the elements of a tuple lie: what generic code cannot ask of a tuple type that it is given.
///
/// A tuple's metadata is a kind, the number of elements, the labels, and for each element its type and its offset
/// (docs/ABI/TypeMetadata.rst of the Swift compiler). That is fixed by the binary interface on Darwin; elsewhere it is
/// checked against a known tuple before it is relied upon.
package struct TupleLayout: Sendable {
    package struct Element: Sendable {
        package let type: Any.Type
        /// From the start of the tuple, in bytes.
        package let offset: Int
    }

    package let elements: [Element]

    /// nil when `type` is no tuple of two or more elements, or when the layout of metadata is not as expected.
    package init?(_ type: Any.Type) {
        guard Self.isKnown, let elements = Self.elements(of: type) else { return nil }
        self.elements = elements
    }

    /// `MetadataKind::Tuple`.
    private static let kind: UInt = 0x301
    private static let isKnown = rehearsal()

    private static func elements(of type: Any.Type) -> [Element]? {
        guard MemoryLayout<UInt>.size == 8 else { return nil }
        // Safe: metadata lives for ever and begins with its kind.
        let metadata = unsafe unsafeBitCast(type, to: UnsafeRawPointer.self)
        guard unsafe metadata.load(as: UInt.self) == kind else { return nil }
        // Safe: a tuple's metadata has a count, labels, and so many pairs of words.
        let count = unsafe metadata.load(fromByteOffset: 8, as: Int.self)
        guard (2...256).contains(count) else { return nil }
        return (0..<count).map { index -> Element in
            let place = 24 + index * 16
            let type = unsafe metadata.load(fromByteOffset: place, as: Any.Type.self)
            return Element(
                type: type,
                offset: Int(unsafe metadata.load(fromByteOffset: place + 8, as: UInt32.self))
            )
        }
    }

    private static func rehearsal() -> Bool {
        guard let known = elements(of: (Int8, Int64, name: String).self), known.count == 3 else { return false }
        return known[0].type == Int8.self && known[1].type == Int64.self && known[2].type == String.self
            && known.map(\.offset) == [0, 8, 16]
    }
}
