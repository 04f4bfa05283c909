/// A type by its mangled name, by which every process of a program finds it.
package struct PortableType: Sendable, Hashable {
    package let name: String

    /// What was found out about types before, by their metadata's address.
    private static let known = PermanentTable<Result<PortableType, RefusedType>>()

    /// Takes some microseconds for the first time, then about 20 ns.
    ///
    /// - Throws: When the type's name does not lead back to it.
    package init(_ type: Any.Type) throws(RefusedType) {
        // Safe: only the number is used.
        let key = unsafe UInt(bitPattern: unsafeBitCast(type, to: UnsafeRawPointer.self))
        if let known = Self.known[key] {
            self = try known.get()
            return
        }
        let result = Self.examine(type)
        Self.known.insert(result, for: key)
        self = try result.get()
    }

    private init(name: String) { self.name = name }

    private static func examine(_ type: Any.Type) -> Result<PortableType, RefusedType> {
        let readable = _typeName(type, qualified: false)
        guard let name = _mangledTypeName(type) else {
            return .failure(RefusedType(reason: .unnamed, typeName: readable))
        }
        // The runtime names what has no name by an address of this process, "$55a6ba1e5b68".
        guard !name.utf8.contains(UInt8(ascii: "$")) else {
            return .failure(RefusedType(reason: .hidden, typeName: readable))
        }
        guard isPlain(name.utf8), _typeByName(name) == type else {
            return .failure(RefusedType(reason: .unnamed, typeName: readable))
        }
        return .success(PortableType(name: name))
    }

    /// The type in this process; nil when it has none of that name.
    package func resolve() -> Any.Type? {
        if let found = Self.lock.withLock({ unsafe Self.resolved[name] }) { return found }
        guard let found = _typeByName(name) else { return nil }
        Self.lock.withLock { unsafe Self.resolved[name] = found }
        return found
    }

    // Touched with `lock` held only.
    private nonisolated(unsafe) static var resolved: [String: Any.Type] = [:]
    /// The C library's, which ThreadSanitizer knows.
    private static let lock = Monitor()

    private static let maximumName = 1 << 14

    /// Whether the runtime can be asked for such a name: a byte below 32 would be taken for a reference to memory, and a
    /// "$" begins an address.
    private static func isPlain(_ name: some Collection<UInt8>) -> Bool {
        !name.isEmpty && name.count <= maximumName
            && name.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "$") }
    }

    package func write(to bytes: inout [UInt8]) {
        ByteCoding.append(name.utf8, to: &bytes)
    }

    /// Takes a type's name from the front of the bytes; nil when they are no such thing.
    package init?(reading bytes: inout ArraySlice<UInt8>) {
        guard let name = ByteCoding.takeRun(&bytes, limit: Self.maximumName), Self.isPlain(name) else { return nil }
        self.name = String(decoding: name, as: UTF8.self)
    }
}
