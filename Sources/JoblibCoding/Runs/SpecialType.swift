internal import Synchronization

/// How values of a type are written when not by their own `encode(to:)` alone.
enum SpecialType: Sendable {
    /// As the type says.
    case plain
    /// As one run of bytes.
    case run(any RawRun.Type)
    /// An optional of an optional: Codable alone cannot tell its two kinds of nil apart.
    case nested(any NestedOptional.Type)
    /// Elements without an order; `group` of them belong together (2 for a dictionary's key and value).
    case unordered(group: Int)

    /// Looking for conformances takes a while: each type is looked at once in the life of the program.
    private static let known = Mutex<[ObjectIdentifier: SpecialType]>([:])

    static func of(_ type: Any.Type) -> SpecialType {
        let id = ObjectIdentifier(type)
        if let special = known.withLock({ $0[id] }) { return special }
        let special = (type as? any SpecialCoding.Type)?.special ?? .plain
        known.withLock { $0[id] = special }
        return special
    }
}

/// The few types that are looked at more closely.
protocol SpecialCoding: SendableMetatype {
    static var special: SpecialType { get }
}

extension SpecialCoding {
    fileprivate static var runOrPlain: SpecialType {
        // A run is little-endian on the wire; elsewhere numbers are written one by one.
        guard 1.littleEndian == 1, let type = Self.self as? any RawRun.Type else { return .plain }
        return .run(type)
    }
}

extension Array: SpecialCoding {
    static var special: SpecialType { runOrPlain }
}
extension ContiguousArray: SpecialCoding {
    static var special: SpecialType { runOrPlain }
}
extension Set: SpecialCoding {
    static var special: SpecialType { .unordered(group: 1) }
}
extension Dictionary: SpecialCoding {
    static var special: SpecialType { .unordered(group: 2) }
}
extension Optional: SpecialCoding {
    static var special: SpecialType {
        guard let type = Self.self as? any NestedOptional.Type else { return .plain }
        return .nested(type)
    }
}

/// Any optional.
protocol OptionalValue {}
extension Optional: OptionalValue {}

/// An optional whose wrapped type is optional.
protocol NestedOptional: SendableMetatype {
    func write(to writer: Writer) throws
    static func read(from value: ValueReader, at position: inout Int) throws -> Self
}

extension Optional: NestedOptional where Wrapped: OptionalValue & Codable {
    func write(to writer: Writer) throws {
        guard let self else { return try writer.putNull() }
        try writer.putByte(Token.some)
        try writer.encode(self)
    }

    static func read(from value: ValueReader, at position: inout Int) throws -> Self {
        guard try value.takeSome(&position) else { return .none }
        return .some(try value.decode(Wrapped.self, at: &position))
    }
}

/// The value as one of a type that is the same one, which the compiler cannot see.
func identical<A, B>(_ value: A, as type: B.Type) -> B {
    precondition(A.self == B.self, "only for the same type")
    // Safe: the two types are one.
    return unsafe unsafeBitCast(value, to: B.self)
}

/// The types met in one message, in front of the list that all messages share.
@safe final class SpecialTypes {
    private struct Slot {
        var id: ObjectIdentifier?
        var special = SpecialType.plain
    }

    private static let size = 16
    // Safe: allocated and freed by this object, and only used with places below `size`.
    private let slots: UnsafeMutablePointer<Slot>

    init() {
        unsafe slots = .allocate(capacity: Self.size)
        unsafe slots.initialize(repeating: Slot(), count: Self.size)
    }

    deinit {
        unsafe slots.deinitialize(count: Self.size)
        unsafe slots.deallocate()
    }

    @inline(__always)
    func find(_ type: Any.Type) -> SpecialType {
        let id = ObjectIdentifier(type)
        // Types lie 8 bytes apart or more.
        let bits = UInt(bitPattern: id)
        let slot = Int(truncatingIfNeeded: (bits >> 3 ^ bits >> 8) & UInt(Self.size - 1))
        if unsafe slots[slot].id == id { return unsafe slots[slot].special }
        let special = SpecialType.of(type)
        unsafe slots[slot] = Slot(id: id, special: special)
        return special
    }
}
