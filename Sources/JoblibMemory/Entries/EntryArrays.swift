internal import JoblibCoding
internal import JoblibSystem

/// Brings the arrays of an entry that lie behind its value.
final class EntryArrays: ArraySource {
    struct Row {
        var place: Int
        var byteCount: Int
        var checksum: UInt64
    }

    private let entry: StoredEntry
    private let rows: [Row]
    private let mapped: Bool

    init(_ entry: StoredEntry, rows: [Row], mapped: Bool) {
        self.entry = entry
        self.rows = rows
        self.mapped = mapped
    }

    func array<Element: RawElement>(of type: Element.Type, _ handle: ArrayHandle, count: Int) throws -> [Element] {
        let row = try row(handle, count: count, stride: MemoryLayout<Element>.stride)
        if mapped, let file = entry.file, row.place.isMultiple(of: SharedMemory.pageSize),
            let number = type as? any MappedNumber.Type
        {
            // No addresses left: a copy may still be possible.
            if let array = try? number.map(file, at: row.place, count: count, as: type) { return array }
        }
        var problem: (any Error)?
        // Safe: the bytes of `count` elements fit; they are only used when all of them were read and are what was stored.
        let array = unsafe [Element](unsafeUninitializedCapacity: count) { buffer, filled in
            do {
                try unsafe fill(UnsafeMutableRawBufferPointer(buffer), row)
                filled = count
            } catch {
                problem = error
            }
        }
        if let problem { throw problem }
        return array
    }

    func bytes(of handle: ArrayHandle, format: RunFormat, count: Int) throws -> [UInt8] {
        let row = try row(handle, count: count, stride: format.stride)
        var problem: (any Error)?
        // Safe: as above.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: row.byteCount) { buffer, filled in
            do {
                try unsafe fill(UnsafeMutableRawBufferPointer(buffer), row)
                filled = row.byteCount
            } catch {
                problem = error
            }
        }
        if let problem { throw problem }
        return bytes
    }

    private func row(_ handle: ArrayHandle, count: Int, stride: Int) throws -> Row {
        guard let number = handle.bytes.integer(UInt32.self, at: 0), Int(number) < rows.count else {
            throw EntryDamage("an array of it is not in its table")
        }
        let row = rows[Int(number)]
        let (byteCount, overflow) = count.multipliedReportingOverflow(by: stride)
        guard !overflow, row.byteCount == byteCount else { throw EntryDamage("an array of it has another length") }
        // Before room for it is made.
        let size = try entry.size()
        guard row.place <= size, byteCount <= size - row.place else {
            throw EntryDamage("it ends before its arrays do")
        }
        return row
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer, _ row: Row) throws {
        let whole = unsafe UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: row.byteCount)
        guard try unsafe entry.read(at: row.place, into: whole) else {
            throw EntryDamage("it ends before its arrays do")
        }
        guard unsafe Checksum.of(UnsafeRawBufferPointer(whole)) == row.checksum else {
            throw EntryDamage("the checksum of an array is wrong")
        }
    }
}

/// A number of which a mapped file can be an array. Vectors are not: what the compiler knows of them does not suffice.
private protocol MappedNumber: RawElement, BitwiseCopyable, Sendable {}

extension MappedNumber {
    /// The array at a place of a file; `Element` is this type, which the compiler cannot see.
    fileprivate static func map<Element>(
        _ file: ReadableFile,
        at place: Int,
        count: Int,
        as type: Element.Type
    ) throws -> [Element] {
        precondition(Self.self == Element.self, "only for the same type")
        let memory = try SharedMemory(adopting: file.descriptor, trusted: true)
        let array = try MappedArray<Self>(memory, offset: place, count: count).array
        // Safe: the two types are one. A cast would look at, and so read, every element.
        return unsafe unsafeBitCast(array, to: [Element].self)
    }
}

extension Int8: MappedNumber {}
extension Int16: MappedNumber {}
extension Int32: MappedNumber {}
extension Int64: MappedNumber {}
extension Int: MappedNumber {}
extension UInt8: MappedNumber {}
extension UInt16: MappedNumber {}
extension UInt32: MappedNumber {}
extension UInt64: MappedNumber {}
extension UInt: MappedNumber {}
extension Float: MappedNumber {}
extension Double: MappedNumber {}
