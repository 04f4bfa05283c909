internal import JoblibCoding

/// A long array of a result, on its way to a store.
struct CollectedArray: Sendable {
    /// Where in the entry it begins.
    var place = 0
    let byteCount: Int
    private let holder: any ArrayHolder

    init<Element: RawElement>(_ array: [Element]) {
        holder = NumberHolder(array: array)
        byteCount = array.count * MemoryLayout<Element>.stride
    }

    func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        try unsafe holder.withBytes(body)
    }
}

private protocol ArrayHolder: Sendable {
    func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R
}

// Raw elements are numbers: values without references, of which the compiler only knows that their type may travel.
private struct NumberHolder<Element: RawElement>: ArrayHolder, @unchecked Sendable {
    let array: [Element]

    func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        // Safe: numbers have no padding, so all bytes are initialised.
        try unsafe array.withUnsafeBytes { try unsafe body($0) }
    }
}

/// Takes the long arrays out of a result's message.
final class ArrayCollector: ArraySink {
    /// Shorter arrays stay in the message: each array outside of it begins at a new page.
    let threshold = 64 << 10
    private(set) var arrays: [CollectedArray] = []

    func take<Element: RawElement>(_ array: [Element]) throws -> ArrayHandle? {
        // Not every byte is a Bool: the decoder looks at those in the message.
        guard Element.format.scalar != .bool, let number = UInt32(exactly: arrays.count) else { return nil }
        arrays.append(CollectedArray(array))
        var handle: [UInt8] = []
        handle.appendInteger(number)
        return ArrayHandle(bytes: handle)
    }
}
