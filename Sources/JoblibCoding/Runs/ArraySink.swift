/// Names an array that travels beside its message.
package struct ArrayHandle: Sendable, Hashable {
    /// What the sink and the source understand; up to 255 bytes.
    package var bytes: [UInt8]

    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}

/// Takes big arrays out of messages while these are written.
///
/// An encoder offers each array of numbers that has at least ``threshold`` bytes. If the message fails to be written
/// afterwards, the arrays already taken are the sink's to release.
package protocol ArraySink: AnyObject {
    /// Bytes; shorter arrays stay in the message.
    var threshold: Int { get }

    /// Keeps `array` where the source can find it, or returns nil to leave it in the message.
    func take<Element: RawElement>(_ array: [Element]) throws -> ArrayHandle?
}

/// Brings the arrays back that an ``ArraySink`` took.
package protocol ArraySource: AnyObject {
    /// The array behind `handle`, as it was taken; without a copy where that is possible.
    ///
    /// `handle` and `count` come from the message and may be wrong: an unknown handle or another count is an error.
    func array<Element: RawElement>(of type: Element.Type, _ handle: ArrayHandle, count: Int) throws -> [Element]

    /// The same as bytes, for types that are not arrays of that element.
    func bytes(of handle: ArrayHandle, format: RunFormat, count: Int) throws -> [UInt8]
}
