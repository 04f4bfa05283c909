internal import JoblibSystem

/// Writes a zip archive from its first byte to its last.
struct ZipWriter {
    private struct Entry {
        var name: [UInt8]
        var flags: UInt16
        var method: UInt16
        var checksum: UInt32
        var compressedSize: Int
        var size: Int
        var offset: Int
        var isLarge: Bool
    }

    /// Gives the content of a file piece by piece; called twice where the checksum has to be known first.
    typealias Content = ((UnsafeRawBufferPointer) throws -> Void) throws -> Void

    private let file: FileSink
    private var entries: [Entry] = []
    private var offset = 0
    /// From here on numbers do not fit in 32 bits.
    private let largest: Int

    /// 1 January 1980, as NumPy writes: equal arrays give equal archives.
    private static let date: UInt32 = 0x0021_0000
    /// The version of the format that is needed to read it, 4.5 for large archives.
    private static let version: (small: UInt16, large: UInt16) = (20, 45)
    /// NPY files in archives begin there, so that their elements can be mapped.
    private static let alignment = 64

    init(_ file: FileSink, largest: Int = 0xffff_ffff) {
        self.file = file
        self.largest = largest
    }

    /// Adds a file.
    ///
    /// - Parameters:
    ///   - name: Its name, up to 65,535 bytes.
    ///   - size: How many bytes `content` gives.
    ///   - level: How hard to compress; nil for not at all.
    mutating func add(_ name: String, size: Int, level: Int?, content: Content) throws {
        let bytes = Array(name.utf8)
        let isLarge = size + size / 1000 + 1024 >= largest
        var entry = Entry(
            name: bytes,
            flags: bytes.allSatisfy { $0 < 0x80 } ? 0 : ZipFormat.hasUTF8Name,
            method: level == nil ? ZipFormat.stored : ZipFormat.deflated,
            checksum: 0,
            compressedSize: 0,
            size: size,
            offset: offset,
            isLarge: isLarge
        )
        if let level {
            // The compressed size is known afterwards only.
            entry.flags |= ZipFormat.hasDescriptor
            try write(localHeader(entry, isKnown: false))
            try unsafe deflate(&entry, level: level, content)
            try write(descriptor(entry))
        } else {
            var checksum = CRC32()
            try unsafe content { unsafe checksum.update($0) }
            entry.checksum = checksum.value
            entry.compressedSize = size
            try write(localHeader(entry, isKnown: true))
            try unsafe content { try unsafe file.write($0) }
            offset += size
        }
        entries.append(entry)
    }

    private mutating func write(_ bytes: [UInt8]) throws {
        try unsafe bytes.withUnsafeBytes { try unsafe file.write($0) }
        offset += bytes.count
    }

    private mutating func deflate(_ entry: inout Entry, level: Int, _ content: Content) throws {
        var checksum = CRC32()
        var count = 0
        let file = file
        let writer = try unsafe CompressedWriter(ZlibCodec(.raw), level: level, subject: "the archive") { part in
            try unsafe file.write(part)
            count += part.count
        }
        try unsafe content { part in
            unsafe checksum.update(part)
            try unsafe writer.write(part)
        }
        try writer.finish()
        entry.checksum = checksum.value
        entry.compressedSize = count
        offset += count
    }

    private func localHeader(_ entry: Entry, isKnown: Bool) -> [UInt8] {
        var extra: [UInt8] = []
        let sizes = isKnown ? (entry.size, entry.compressedSize) : (0, 0)
        if entry.isLarge {
            extra.put(ZipFormat.zip64Field)
            extra.put(UInt16(16))
            extra.put(UInt64(sizes.0))
            extra.put(UInt64(sizes.1))
        }
        if entry.method == ZipFormat.stored {
            // A field of its own for the padding: its head, the alignment, zeros.
            let head = 6
            let end = offset + ZipFormat.localHeaderSize + entry.name.count + extra.count + head
            let padding = (Self.alignment - end % Self.alignment) % Self.alignment
            extra.put(ZipFormat.paddingField)
            extra.put(UInt16(2 + padding))
            extra.put(UInt16(Self.alignment))
            extra += [UInt8](repeating: 0, count: padding)
        }
        var bytes: [UInt8] = []
        bytes.put(ZipFormat.localHeader)
        bytes.put(entry.isLarge ? Self.version.large : Self.version.small)
        bytes.put(entry.flags)
        bytes.put(entry.method)
        bytes.put(Self.date)
        bytes.put(entry.checksum)
        bytes.put(entry.isLarge ? UInt32.max : UInt32(sizes.1))
        bytes.put(entry.isLarge ? UInt32.max : UInt32(sizes.0))
        bytes.put(UInt16(entry.name.count))
        bytes.put(UInt16(extra.count))
        return bytes + entry.name + extra
    }

    private func descriptor(_ entry: Entry) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.put(ZipFormat.descriptor)
        bytes.put(entry.checksum)
        if entry.isLarge {
            bytes.put(UInt64(entry.compressedSize))
            bytes.put(UInt64(entry.size))
        } else {
            bytes.put(UInt32(entry.compressedSize))
            bytes.put(UInt32(entry.size))
        }
        return bytes
    }

    /// Writes the directory; nothing can be added afterwards.
    mutating func finish() throws {
        let start = offset
        for entry in entries { try write(centralHeader(entry)) }
        let byteCount = offset - start
        var bytes: [UInt8] = []
        if entries.count >= 0xffff || start >= largest || byteCount >= largest {
            bytes.put(ZipFormat.end64)
            bytes.put(UInt64(ZipFormat.end64Size - 12))
            bytes.put(Self.version.large)
            bytes.put(Self.version.large)
            bytes.put(UInt64(0))
            for number in [entries.count, entries.count, byteCount, start] { bytes.put(UInt64(number)) }
            bytes.put(ZipFormat.locator64)
            bytes.put(UInt32(0))
            bytes.put(UInt64(offset))
            bytes.put(UInt32(1))
        }
        bytes.put(ZipFormat.end)
        bytes.put(UInt32(0))
        for _ in 0..<2 { bytes.put(UInt16(clamping: entries.count)) }
        bytes.put(byteCount >= largest ? .max : UInt32(byteCount))
        bytes.put(start >= largest ? .max : UInt32(start))
        bytes.put(UInt16(0))
        try write(bytes)
    }

    private func centralHeader(_ entry: Entry) -> [UInt8] {
        let isFar = entry.offset >= largest
        var large: [UInt8] = []
        if entry.isLarge { for size in [entry.size, entry.compressedSize] { large.put(UInt64(size)) } }
        if isFar { large.put(UInt64(entry.offset)) }
        var bytes: [UInt8] = []
        bytes.put(ZipFormat.centralHeader)
        // Made on Unix, so that the permissions below mean something.
        bytes.put(UInt16(3 << 8) | Self.version.large)
        bytes.put(entry.isLarge || isFar ? Self.version.large : Self.version.small)
        bytes.put(entry.flags)
        bytes.put(entry.method)
        bytes.put(Self.date)
        bytes.put(entry.checksum)
        bytes.put(entry.isLarge ? UInt32.max : UInt32(entry.compressedSize))
        bytes.put(entry.isLarge ? UInt32.max : UInt32(entry.size))
        bytes.put(UInt16(entry.name.count))
        bytes.put(UInt16(large.isEmpty ? 0 : large.count + 4))
        // No comment; the first disk; no hints about the content.
        for _ in 0..<3 { bytes.put(UInt16(0)) }
        bytes.put(UInt32(0o100644 << 16))
        bytes.put(isFar ? UInt32.max : UInt32(entry.offset))
        bytes += entry.name
        if !large.isEmpty {
            bytes.put(ZipFormat.zip64Field)
            bytes.put(UInt16(large.count))
            bytes += large
        }
        return bytes
    }
}
