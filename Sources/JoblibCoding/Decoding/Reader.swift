/// The bytes of one message, which it never reads past, and what all values in it share.
@safe final class Reader {
    // Safe: allocated and freed by this object. What it points to is valid until `release`. In memory of its own for the
    // reason given at `Writer.Hot`.
    private let hot: UnsafeMutablePointer<UnsafeRawBufferPointer>
    private var start: UnsafeRawPointer? { unsafe hot.pointee.baseAddress }
    var end: Int { unsafe hot.pointee.count }
    let keys: [String]
    let limits: CodingLimits
    let source: (any ArraySource)?
    let userInfo: [CodingUserInfoKey: Any]

    /// Where the first error was thrown that does not say so itself.
    var failurePath: [PathComponent]?

    /// Where long containers end, once that is known: skipping the same bytes again and again would take too long.
    var ends: [Int: Int] = [:]
    private let types = SpecialTypes()

    /// Reads values at any place in `body`, which must stay as it is until `release`.
    init(
        body: UnsafeRawBufferPointer,
        keys: [String],
        limits: CodingLimits,
        source: (any ArraySource)? = nil,
        userInfo: [CodingUserInfoKey: Any] = [:]
    ) {
        unsafe hot = .allocate(capacity: 1)
        unsafe hot.initialize(to: body)
        self.keys = keys
        self.limits = limits
        self.source = source
        self.userInfo = userInfo
    }

    /// Forgets the bytes, for those who kept a decoder longer than the call it was made for.
    func release() {
        unsafe hot.pointee = UnsafeRawBufferPointer(start: nil, count: 0)
    }

    deinit {
        unsafe hot.deallocate()
    }

    func special(_ type: Any.Type) -> SpecialType { types.find(type) }

    /// The next byte, without going on.
    @inline(__always)
    func peek(_ position: Int) throws(ReadProblem) -> UInt8 {
        guard position >= 0, position < end, let start = unsafe start else { throw .ends(at: end) }
        // Safe: checked above.
        return unsafe start.load(fromByteOffset: position, as: UInt8.self)
    }

    @inline(__always)
    func byte(_ position: inout Int) throws(ReadProblem) -> UInt8 {
        let byte = try peek(position)
        position &+= 1
        return byte
    }

    @inline(__always)
    func fixed<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type, _ position: inout Int) throws(ReadProblem) -> T {
        guard position >= 0, position <= end, end &- position >= MemoryLayout<T>.size, let start = unsafe start else {
            throw .ends(at: end)
        }
        // Safe: checked above.
        let value = unsafe start.loadUnaligned(fromByteOffset: position, as: T.self)
        position &+= MemoryLayout<T>.size
        return T(littleEndian: value)
    }

    @inline(__always)
    func variable(_ position: inout Int) throws(ReadProblem) -> UInt64 {
        let first = try byte(&position)
        return first < 0x80 ? UInt64(first) : try longVariable(first, &position)
    }

    @inline(never)
    private func longVariable(_ first: UInt8, _ position: inout Int) throws(ReadProblem) -> UInt64 {
        var value = UInt64(first & 0x7f)
        var shift: UInt64 = 7
        while true {
            let next = try byte(&position)
            guard shift < 63 || (shift == 63 && next <= 1) else {
                throw .malformed("a length is too large", at: position)
            }
            value |= UInt64(next & 0x7f) << shift
            if next < 0x80 { return value }
            shift += 7
        }
    }

    /// The number of bytes that follow; never more than there are.
    @inline(__always)
    func length(_ position: inout Int) throws(ReadProblem) -> Int {
        let length = try variable(&position)
        guard length <= UInt64(end - position) else { throw .ends(at: end) }
        return Int(length)
    }

    /// The next `count` bytes; only valid while the message is.
    @inline(__always)
    func bytes(_ count: Int, _ position: inout Int) throws(ReadProblem) -> UnsafeRawBufferPointer {
        guard count >= 0, position >= 0, position <= end, count <= end - position, let start = unsafe start else {
            throw .ends(at: end)
        }
        defer { position &+= count }
        // Safe: checked above.
        return unsafe UnsafeRawBufferPointer(start: start + position, count: count)
    }

    func text(_ count: Int, _ position: inout Int) throws(ReadProblem) -> String {
        let begin = position
        let bytes = unsafe try bytes(count, &position)
        // Safe, as below: the string copies the bytes. This one is compiled for them, the validating one looks types up at run
        // time, which takes longer than the rest; ASCII is always valid.
        if unsafe bytes.allSatisfy({ $0 < 0x80 }) { return unsafe String(decoding: bytes, as: UTF8.self) }
        guard let text = unsafe String(validating: bytes, as: UTF8.self) else {
            throw .malformed("a string is not valid UTF-8", at: begin)
        }
        return text
    }
}
