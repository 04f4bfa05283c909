/// The elements of a ``JoblibArray``, one after the other in C order and in this machine's byte order.
protocol ArrayStorage: Sendable {
    /// Calls `body` with all bytes.
    func withBytes(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows

    /// The elements with numbers from `range`.
    func part(_ range: Range<Int>) -> any ArrayStorage

    /// The elements of an array of this shape whose first index runs fastest, in C order.
    func inCOrder(fromFortran shape: [Int]) -> any ArrayStorage

    func number(at index: Int) -> NumPyNumber?
    func bytes(at index: Int) -> ArraySlice<UInt8>

    /// All elements, or the first one that is no `Element`.
    func elements<Element: NumPyElement>(as _: Element.Type) -> Conversion<Element>

    func isEqual(to other: any ArrayStorage) -> Bool
    func hash(into hasher: inout Hasher)
}

/// What came of asking for elements of another type.
enum Conversion<Element> {
    case all([Element])
    case inexact(NumPyNumber, at: Int)
    case otherKind
}

/// Elements that are numbers of Swift's.
struct NumberStorage<Stored: NumPyElement>: ArrayStorage {
    let elements: [Stored]

    func withBytes(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        // Safe: numbers have no padding.
        try unsafe elements.withUnsafeBytes(body)
    }

    func part(_ range: Range<Int>) -> any ArrayStorage { NumberStorage(elements: Array(elements[range])) }

    func inCOrder(fromFortran shape: [Int]) -> any ArrayStorage {
        NumberStorage(elements: NumPyOrder.cOrder(elements, fromFortran: shape))
    }

    func number(at index: Int) -> NumPyNumber? { number(elements[index]) }

    private func number(_ element: Stored) -> NumPyNumber {
        // Safe: a number is its bytes.
        unsafe withUnsafeBytes(of: element) { unsafe Stored.numPyType.number(in: $0, at: 0) }
    }

    func bytes(at index: Int) -> ArraySlice<UInt8> {
        // Safe: a number is its bytes.
        unsafe withUnsafeBytes(of: elements[index]) { unsafe Array($0)[...] }
    }

    func elements<Element: NumPyElement>(as _: Element.Type) -> Conversion<Element> {
        if Stored.numPyType == Element.numPyType {
            // Safe: the two are one type, or `Int` and the integer type of its width, whose arrays differ in their name
            // only: so that a large one need not be copied.
            return .all(unsafe unsafeBitCast(elements, to: [Element].self))
        }
        guard Stored.numPyType.converts(to: Element.numPyType) else { return .otherKind }
        var result: [Element] = []
        result.reserveCapacity(elements.count)
        for element in elements {
            let number = number(element)
            guard let converted = Element(exactly: number) else { return .inexact(number, at: result.count) }
            result.append(converted)
        }
        return .all(result)
    }

    func isEqual(to other: any ArrayStorage) -> Bool {
        // `Int` and the integer type of its width are one type in a file.
        if case .all(let others) = other.elements(as: Stored.self) { others == elements } else { false }
    }
    func hash(into hasher: inout Hasher) { hasher.combine(elements) }
}

/// Elements that no number of Swift's stands for: complex numbers, text and bytes of fixed length, extended precision.
struct OpaqueStorage: ArrayStorage {
    let bytes: [UInt8]
    let itemSize: Int

    func withBytes(_ body: (UnsafeRawBufferPointer) throws -> Void) rethrows {
        // Safe: bytes are bytes.
        try unsafe bytes.withUnsafeBytes(body)
    }

    func part(_ range: Range<Int>) -> any ArrayStorage {
        let part = bytes[range.lowerBound * itemSize..<range.upperBound * itemSize]
        return OpaqueStorage(bytes: Array(part), itemSize: itemSize)
    }

    func inCOrder(fromFortran shape: [Int]) -> any ArrayStorage {
        guard itemSize > 0 else { return self }
        var ordered: [UInt8] = []
        ordered.reserveCapacity(bytes.count)
        for index in NumPyOrder.cOrder(Array(0..<bytes.count / itemSize), fromFortran: shape) {
            ordered += bytes(at: index)
        }
        return OpaqueStorage(bytes: ordered, itemSize: itemSize)
    }

    func number(at index: Int) -> NumPyNumber? { nil }
    func bytes(at index: Int) -> ArraySlice<UInt8> { bytes[index * itemSize..<(index + 1) * itemSize] }
    func elements<Element: NumPyElement>(as _: Element.Type) -> Conversion<Element> { .otherKind }

    func isEqual(to other: any ArrayStorage) -> Bool {
        guard let other = other as? OpaqueStorage else { return false }
        return other.bytes == bytes && other.itemSize == itemSize
    }

    func hash(into hasher: inout Hasher) { hasher.combine(bytes) }
}
