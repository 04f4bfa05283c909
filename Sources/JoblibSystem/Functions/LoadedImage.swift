internal import CJoblibSystem

/// An executable or a shared library as it lies in this process's memory.
struct LoadedImage: Sendable {
    struct Segment: Sendable {
        var range: Range<UInt64>
        var isReadable: Bool
        var isExecutable: Bool
        /// Nobody writes there once the program runs. Such a part may lie within another one that is written.
        var isConstant: Bool
    }

    let identity: ImageIdentity
    let isProgram: Bool
    /// What to add to an address in the file to get the one in memory.
    let bias: UInt64
    let segments: [Segment]
    let functions: FunctionStarts?

    func segment(at address: UInt64) -> Segment? {
        segments.first { $0.range.contains(address) }
    }

    /// Whether so many bytes from this address on are this image's and may be read.
    func canRead(_ count: UInt64, at address: UInt64) -> Bool {
        guard let segment = segment(at: address), segment.isReadable else { return false }
        return segment.range.upperBound - address >= count
    }

    /// Whether what is here was made by the compiler, not at run time.
    func isConstant(_ address: UInt64) -> Bool {
        segments.contains { $0.isConstant && $0.range.contains(address) }
    }

    /// Whether a function begins here: as far as the image tells, else whether code may be here.
    func isFunction(_ address: UInt64) -> Bool {
        guard let segment = segment(at: address), segment.isExecutable else { return false }
        return functions?.contains(address) ?? true
    }

    /// Whether an async function's record begins here: where its code is, relative to the record, and its context's size.
    func isAsyncFunction(_ address: UInt64) -> Bool {
        guard address % 4 == 0, canRead(8, at: address), let record = unsafe UnsafeRawPointer(bitPattern: UInt(address))
        else { return false }
        // Safe: eight bytes of this image, aligned to four.
        let distance = unsafe record.load(as: Int32.self)
        let size = unsafe record.load(fromByteOffset: 4, as: UInt32.self)
        // The smallest context is two words; a megabyte is more than any has.
        guard size >= 16, size < 1 << 20 else { return false }
        return isFunction(address &+ UInt64(bitPattern: Int64(distance)))
    }
}

extension LoadedImage {
    init(_ image: joblib_loaded_image) {
        // Safe: the linker's string lives as long as the image, and is copied.
        let path = unsafe image.path.map { unsafe String(cString: $0) } ?? ""
        let mark = unsafe withUnsafeBytes(of: image.mark) { unsafe Array($0.prefix(image.mark_count)) }
        identity = ImageIdentity(
            path: unsafe image.is_program ? "" : path,
            mark: mark.isEmpty ? ImageIdentity.fileMark(of: path) : .build(mark)
        )
        isProgram = unsafe image.is_program
        bias = unsafe image.bias
        // Safe: the C function has filled in as many segments as it says.
        segments = unsafe withUnsafeBytes(of: image.segments) { bytes in
            unsafe bytes.bindMemory(to: joblib_segment.self).prefix(image.segment_count).compactMap { segment in
                guard segment.start < segment.end else { return nil }
                return Segment(
                    range: segment.start..<segment.end,
                    isReadable: segment.readable,
                    isExecutable: segment.executable,
                    isConstant: segment.constant
                )
            }
        }
        functions = unsafe FunctionStarts(table: image.unwind_table, size: image.unwind_table_size)
    }
}
