/// Writes one value as joblib does: pickle protocol 4, and each array as an object of joblib's that its bytes follow.
struct PickleWriter {
    let output: PickleOutput
    /// Whether Python may map the arrays of the file; not those of a compressed one.
    let allowsMapping: Bool
    private let limits = PickleLimits()

    /// The places of texts and names that may be used again.
    private var memo: [String: Int] = [:]
    private var memoCount = 0

    init(_ sink: any PickleSink, allowsMapping: Bool) {
        output = PickleOutput(sink)
        self.allowsMapping = allowsMapping
    }

    /// Writes the whole file.
    ///
    /// - Throws: ``JoblibError`` for what Python cannot have, such as a list as a key, and what the sink throws.
    mutating func write(_ value: JoblibValue) throws {
        try output.raw([PickleInstruction.proto.rawValue, 4])
        try put(value, depth: 0)
        op(.stop)
        try output.endFrame()
        try output.flush()
    }

    private func op(_ instruction: PickleInstruction) { output.put(instruction.rawValue) }

    private mutating func put(_ value: JoblibValue, depth: Int, isKey: Bool = false) throws {
        guard depth <= limits.depth else { throw JoblibError.nestedTooDeep(limits.depth) }
        switch value {
        case .none: op(.none)
        case .bool(let value): op(value ? .newTrue : .newFalse)
        case .int(let value): put(value)
        case .bigInteger(let value): try put(value)
        case .float(let value): put(value)
        case .complex(let real, let imaginary):
            putGlobal("builtins", "complex")
            put(real)
            put(imaginary)
            op(.tuple2)
            op(.reduce)
        case .string(let value): try put(value, isName: isKey)
        case .bytes(let value): try put(value)
        case .tuple(let values): try putTuple(values, depth: depth, isKey: isKey)
        case .set(let values):
            // In Python only a frozenset can be in a set or a key.
            if isKey {
                op(.mark)
                for value in values { try put(value, depth: depth + 1, isKey: true) }
                op(.frozenSet)
            } else {
                op(.emptySet)
                try putParts(Array(values), one: nil, several: .addItems) {
                    try $0.put($1, depth: depth + 1, isKey: true)
                }
            }
        case .list, .dictionary, .array:
            if isKey { throw JoblibError.notHashable(value) }
            try putContainer(value, depth: depth)
        }
        try output.endInstruction()
    }

    private mutating func putContainer(_ value: JoblibValue, depth: Int) throws {
        switch value {
        case .list(let values):
            op(.emptyList)
            try putParts(values, one: .append, several: .appends) { try $0.put($1, depth: depth + 1) }
        case .dictionary(let entries):
            op(.emptyDictionary)
            try putParts(entries, one: .setItem, several: .setItems) { writer, entry in
                try writer.put(entry.key, depth: depth + 1, isKey: true)
                try writer.put(entry.value, depth: depth + 1)
            }
        case .array(let array): try put(array)
        default: break
        }
    }

    private mutating func putTuple(_ values: [JoblibValue], depth: Int, isKey: Bool) throws {
        if values.isEmpty { return op(.emptyTuple) }
        if values.count > 3 { op(.mark) }
        for value in values { try put(value, depth: depth + 1, isKey: isKey) }
        switch values.count {
        case 1: op(.tuple1)
        case 2: op(.tuple2)
        case 3: op(.tuple3)
        default: op(.tuple)
        }
    }

    /// Writes parts of a container, which takes at most a thousand at a time from the stack, as in Python.
    private mutating func putParts<Parts: RandomAccessCollection>(
        _ parts: Parts,
        one: PickleInstruction?,
        several: PickleInstruction,
        _ put: (inout PickleWriter, Parts.Element) throws -> Void
    ) throws {
        var rest = parts[...]
        while !rest.isEmpty {
            let batch = rest.prefix(1000)
            rest = rest.dropFirst(1000)
            if batch.count == 1, let one, let only = batch.first {
                try put(&self, only)
                op(one)
            } else {
                op(.mark)
                for part in batch { try put(&self, part) }
                op(several)
            }
        }
    }
}

// MARK: Plain values

extension PickleWriter {
    private func put(_ number: Int) {
        if let byte = UInt8(exactly: number) {
            op(.binaryInteger1)
            output.put(byte)
        } else if let short = UInt16(exactly: number) {
            op(.binaryInteger2)
            output.put(short)
        } else if let word = Int32(exactly: number) {
            op(.binaryInteger)
            output.put(word)
        } else {
            let bytes = BigInteger(number).bytes
            op(.long1)
            output.put(UInt8(bytes.count))
            output.put(bytes)
        }
    }

    private func put(_ number: BigInteger) throws {
        if let length = UInt8(exactly: number.bytes.count) {
            op(.long1)
            output.put(length)
            output.put(number.bytes)
        } else {
            // The length of LONG4 is a signed one.
            guard let length = Int32(exactly: number.bytes.count) else { throw JoblibError.integerTooLong }
            op(.long4)
            output.put(length)
            output.put(number.bytes)
        }
    }

    private func put(_ number: Double) {
        op(.binaryFloat)
        output.put(number.bitPattern.byteSwapped)
    }

    /// - Parameter isName: Whether it is likely to be there again.
    private mutating func put(_ text: String, isName: Bool) throws {
        if isName, let place = memo[text] { return recall(place) }
        var text = text
        try text.withUTF8 { utf8 in
            // Safe: the buffer lives during the call.
            unsafe try putLong(
                UnsafeRawBufferPointer(utf8),
                short: .shortBinaryUnicode,
                medium: .binaryUnicode,
                long: .binaryUnicode8
            )
        }
        if isName && text.utf8.count <= 64 && memo.count < 100_000 { remember(text) }
    }

    private func put(_ bytes: [UInt8]) throws {
        // Safe: the buffer lives during the call.
        try unsafe bytes.withUnsafeBytes {
            unsafe try putLong($0, short: .shortBinaryBytes, medium: .binaryBytes, long: .binaryBytes8)
        }
    }

    private func putLong(
        _ bytes: UnsafeRawBufferPointer,
        short: PickleInstruction,
        medium: PickleInstruction,
        long: PickleInstruction
    ) throws {
        if let length = UInt8(exactly: bytes.count) {
            op(short)
            output.put(length)
        } else if let length = UInt32(exactly: bytes.count) {
            op(medium)
            output.put(length)
        } else {
            op(long)
            output.put(UInt64(bytes.count))
        }
        // Long ones stand outside of frames, with their instruction.
        if bytes.count >= 64 << 10 {
            try output.endFrame(leaving: bytes.count > Int(UInt32.max) ? 9 : 5)
            unsafe try output.raw(bytes)
        } else {
            unsafe output.put(bytes)
        }
    }

    // MARK: Names

    private mutating func remember(_ name: String) {
        op(.memoize)
        memo[name] = memoCount
        memoCount += 1
    }

    private func recall(_ place: Int) {
        if let place = UInt8(exactly: place) {
            op(.binaryGet)
            output.put(place)
        } else {
            op(.longBinaryGet)
            output.put(UInt32(place))
        }
    }

    private mutating func putName(_ name: String) {
        if let place = memo[name] { return recall(place) }
        op(.shortBinaryUnicode)
        output.put(UInt8(name.utf8.count))
        output.put(name.utf8)
        remember(name)
    }

    private mutating func putGlobal(_ module: String, _ name: String) {
        // No text can be the same: it would hold a zero byte.
        let key = "\(module)\0\(name)"
        if let place = memo[key] { return recall(place) }
        putName(module)
        putName(name)
        op(.stackGlobal)
        remember(key)
    }
}

// MARK: Arrays

extension PickleWriter {
    private mutating func put(_ array: JoblibArray) throws {
        putGlobal("joblib.numpy_pickle", "NumpyArrayWrapper")
        op(.emptyTuple)
        op(.newObject)
        op(.emptyDictionary)
        op(.mark)
        putName("subclass")
        putGlobal("numpy", "ndarray")
        putName("shape")
        try putTuple(array.shape.map { .int($0) }, depth: 0, isKey: false)
        putName("order")
        putName("C")
        putName("dtype")
        putType(array.type)
        putName("allow_mmap")
        op(allowsMapping ? .newTrue : .newFalse)
        putName("numpy_array_alignment_bytes")
        put(16)
        op(.setItems)
        op(.build)
        try output.endFrame()
        // One byte says how many follow before the elements, at least one: as joblib 1.2 and later.
        let padding = 16 - (output.position + 1) % 16
        try output.raw([UInt8(padding)] + [UInt8](repeating: 0xff, count: padding))
        // Safe: the bytes are only read, during the call.
        try unsafe array.storage.withBytes { unsafe try output.raw($0) }
    }

    /// `numpy.dtype`, made and given its state as its own `__reduce__` says.
    private mutating func putType(_ type: NumPyType) {
        let key = "\0\(type)"
        if let place = memo[key] { return recall(place) }
        let text = type.description
        let (order, code, unit) = (text.prefix(1), text.dropFirst().prefix { $0 != "[" }, type.unit)
        putGlobal("numpy", "dtype")
        putName(String(code))
        op(.newFalse)
        op(.newTrue)
        op(.tuple3)
        op(.reduce)
        remember(key)
        op(.mark)
        put(unit == nil ? 3 : 4)
        putName(String(order))
        for _ in 0..<3 { op(.none) }
        let alignment: (size: Int, alignment: Int, flags: Int) =
            switch type.kind {
            case .text: (type.itemSize, 4, 8)
            case .bytes, .void: (type.itemSize, 1, 0)
            default: (-1, -1, 0)
            }
        put(alignment.size)
        put(alignment.alignment)
        put(alignment.flags)
        if let unit {
            op(.none)
            op(.mark)
            op(.shortBinaryBytes)
            output.put(UInt8(unit.name.utf8.count))
            output.put(unit.name.utf8)
            put(unit.multiple)
            put(1)
            put(1)
            op(.tuple)
            op(.tuple2)
        }
        op(.tuple)
        op(.build)
    }
}

extension NumPyType {
    /// The unit of dates, such as 25 and `s`.
    fileprivate var unit: (multiple: Int, name: String)? {
        let text: String
        switch kind {
        case .date(let unit), .duration(let unit): text = unit
        default: return nil
        }
        if text.isEmpty { return (1, "generic") }
        let inner = text.dropFirst().dropLast()
        let digits = inner.prefix { ("0"..."9").contains($0) }
        return (Int(digits) ?? 1, String(inner[digits.endIndex...]))
    }
}
