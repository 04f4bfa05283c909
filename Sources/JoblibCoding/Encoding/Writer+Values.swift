extension Writer {
    func putByte(_ byte: UInt8) throws {
        try reserve(1)
        store(byte)
    }

    func putNull() throws { try putByte(Token.null) }

    @inline(__always)
    func put(_ value: Bool) throws { try putByte(value ? Token.yes : Token.no) }

    @inline(__always)
    func put(_ value: Int64) throws {
        try reserve(9)
        if value >= 0, value <= Token.largestSmallInteger {
            store(UInt8(truncatingIfNeeded: value))
        } else if value < 0, value >= Token.smallestSmallInteger {
            store(Token.smallNegative + UInt8(truncatingIfNeeded: value - Token.smallestSmallInteger))
        } else if let small = Int8(exactly: value) {
            store(Token.integer8)
            store(small)
        } else if let small = Int16(exactly: value) {
            store(Token.integer16)
            store(small)
        } else if let small = Int32(exactly: value) {
            store(Token.integer32)
            store(small)
        } else {
            store(Token.integer64)
            store(value)
        }
    }

    @inline(__always)
    func put<T: FixedWidthInteger>(_ value: T) throws {
        if let value = Int64(exactly: value) { return try put(value) }
        try reserve(17)
        if let value = UInt64(exactly: value) {
            store(Token.unsigned64)
            store(value)
        } else if let value = Int128(exactly: value) {
            store(Token.integer128)
            store(value)
        } else {
            store(Token.unsigned128)
            store(UInt128(truncatingIfNeeded: value))
        }
    }

    @inline(__always)
    func put(_ value: Double) throws {
        try reserve(9)
        store(Token.double)
        store(value.bitPattern)
    }

    @inline(__always)
    func put(_ value: Float) throws {
        try reserve(5)
        store(Token.float)
        store(value.bitPattern)
    }

    @inline(__always)
    func put(_ value: String) throws {
        var value = value
        // The bytes are copied while the string holds them.
        try value.withUTF8 { utf8 in
            try reserve(utf8.count + 11)
            if utf8.count <= Token.longestShortString {
                store(Token.shortString + UInt8(truncatingIfNeeded: utf8.count))
            } else {
                store(Token.longString)
                storeVariable(UInt64(utf8.count))
            }
            unsafe store(UnsafeRawBufferPointer(utf8))
        }
    }

    /// A key in place: its length and its bytes.
    func putName(_ name: String) throws {
        var name = name
        // The bytes are copied while the string holds them.
        try name.withUTF8 { utf8 in
            try reserve(utf8.count + 10)
            storeVariable(UInt64(utf8.count))
            unsafe store(UnsafeRawBufferPointer(utf8))
        }
    }

    /// Seven bits a byte, the lowest first; the eighth says that more follow. At most 10 bytes, for which there is room.
    @inline(__always)
    func storeVariable(_ value: UInt64) {
        var value = value
        while value > 0x7f {
            store(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        store(UInt8(truncatingIfNeeded: value))
    }

    /// Numbers as they are in memory, or a handle if the sink takes them.
    func putRun<A: RawRun>(_ value: A) throws {
        let format = A.runFormat
        if let sink = session.sink {
            // Safe: only the length is looked at.
            let length = unsafe value.withRunBytes { $0.count }
            if length >= sink.threshold, let handle = try value.offered(to: sink) {
                return try put(handle, format: format, count: length / format.stride)
            }
        }
        // Safe: the bytes are copied while the value holds them.
        try unsafe value.withRunBytes { bytes in try unsafe putRun(bytes, format: format) }
    }

    func putRun(_ bytes: UnsafeRawBufferPointer, format: RunFormat) throws {
        try reserve(bytes.count + 32)
        store(Token.run)
        store(format.code)
        storeVariable(UInt64(bytes.count / format.stride))
        // The numbers begin at a multiple of their size, counted from the message's first byte, unless they are moved
        // later on; the canonical form sorts, and so has no use for that.
        let alignment = unsafe bytes.isEmpty || session.isCanonical ? 1 : min(format.stride, 16)
        let padding = (alignment - (count + 1) % alignment) % alignment
        store(UInt8(truncatingIfNeeded: padding))
        for _ in 0..<padding { store(UInt8(0)) }
        unsafe store(bytes)
    }

    private func put(_ handle: ArrayHandle, format: RunFormat, count: Int) throws {
        guard let length = UInt8(exactly: handle.bytes.count) else {
            throw problem(WriteProblem(kind: .refused, reason: "a handle has more than 255 bytes"))
        }
        try reserve(handle.bytes.count + 16)
        store(Token.handle)
        store(format.code)
        storeVariable(UInt64(count))
        store(length)
        for byte in handle.bytes { store(byte) }
    }
}
