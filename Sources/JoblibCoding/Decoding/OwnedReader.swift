/// A reader of bytes that were written for it.
final class OwnedReader {
    private let writer: Writer
    let reader: Reader

    init(_ writer: Writer, _ outer: Reader) {
        self.writer = writer
        // Safe: the writer is kept as long as this object, and not changed any more; the reader is told when it goes.
        reader = unsafe Reader(body: writer.written, keys: [], limits: outer.limits, userInfo: outer.userInfo)
    }

    deinit {
        reader.release()
    }

    /// The value in these bytes, in the place of `outer`, which keeps the bytes.
    func value(in outer: ValueReader) -> ValueReader {
        outer.owned.append(self)
        return ValueReader(reader, parent: outer, step: nil, start: 0, depth: outer.depth)
    }
}

extension Writer {
    /// Writes the numbers of a run one by one.
    func putElements(of bytes: UnsafeRawBufferPointer, _ format: RunFormat) throws {
        let count = bytes.count / format.stride
        guard let number = UInt32(exactly: count) else {
            throw problem(
                WriteProblem(kind: .overLimit, reason: "more than \(UInt32.max) numbers to be read one by one")
            )
        }
        try reserve(5)
        store(Token.unkeyed)
        store(number)
        for element in 0..<count {
            if format.lanes > 1 {
                try reserve(5)
                store(Token.unkeyed)
                store(UInt32(format.lanes))
            }
            for lane in 0..<format.lanes {
                unsafe try put(format.scalar, in: bytes, at: element * format.stride + lane * format.scalar.size)
            }
        }
    }

    private func put(_ scalar: RunFormat.Scalar, in bytes: UnsafeRawBufferPointer, at offset: Int) throws {
        func load<T: FixedWidthInteger & BitwiseCopyable>(_ type: T.Type) -> T {
            // Safe: the buffer checks the offset in debug builds, and the caller stays inside of it.
            T(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: type))
        }
        switch scalar {
        case .bool: try put(load(UInt8.self) != 0)
        case .int8: try put(load(Int8.self))
        case .int16: try put(load(Int16.self))
        case .int32: try put(load(Int32.self))
        case .int64: try put(load(Int64.self))
        case .uint8: try put(load(UInt8.self))
        case .uint16: try put(load(UInt16.self))
        case .uint32: try put(load(UInt32.self))
        case .uint64: try put(load(UInt64.self))
        case .float: try put(Float(bitPattern: load(UInt32.self)))
        case .double: try put(Double(bitPattern: load(UInt64.self)))
        }
    }
}
