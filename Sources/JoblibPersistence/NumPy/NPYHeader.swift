/// The header of an NPY file (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
struct NPYHeader: Sendable, Hashable {
    var layout: NumPyLayout

    /// Where the elements begin.
    var byteCount: Int

    /// Of records, which are read as bytes without a meaning: their fields, as NumPy writes them.
    var fields: String?

    static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

    /// NumPy itself reads no more than 10,000 bytes of header from files that it does not trust.
    private static let longest = 1 << 20

    /// Reads a header.
    ///
    /// - Parameters:
    ///   - subject: What is read, for errors, as in `'grid.npy'`.
    ///   - describesRecords: Whether elements may be records.
    ///   - source: Gives the bytes of the file, from its first one on; no more are asked for than the header has.
    /// - Throws: ``JoblibError`` if that is no header, or one of elements that are no numbers; what `source` throws.
    static func read(
        in subject: String,
        describesRecords: Bool = false,
        from source: NumPyLayout.Source
    ) throws -> NPYHeader {
        func take(_ count: Int) throws -> [UInt8] {
            var bytes = [UInt8](repeating: 0, count: count)
            try unsafe bytes.withUnsafeMutableBytes { try unsafe source($0) }
            return bytes
        }
        let start = try take(8)
        guard start.starts(with: magic) else { throw JoblibError.notNPY(subject, start: start) }
        let major = start[6]
        guard (1...3).contains(major) else { throw JoblibError.unknownNPYVersion(subject, major, start[7]) }
        let lengthBytes = try take(major == 1 ? 2 : 4)
        let length = lengthBytes.reversed().reduce(0) { $0 << 8 | Int($1) }
        guard length <= longest else {
            throw JoblibError.damagedNPY(subject, "its header claims a length of \(length) bytes")
        }
        var text = try take(length)
        // Before version 3 the text was Latin-1; what is not ASCII can only stand in names of fields.
        if major < 3 { text = text.map { $0 < 0x80 ? $0 : UInt8(ascii: "?") } }
        let (layout, fields) = try layout(of: text, in: subject, describesRecords)
        return NPYHeader(layout: layout, byteCount: 8 + lengthBytes.count + length, fields: fields)
    }

    private static func layout(
        of text: [UInt8],
        in subject: String,
        _ describesRecords: Bool
    ) throws(JoblibError) -> (NumPyLayout, fields: String?) {
        let value: PythonLiteral
        do throws(PythonLiteralParser.Problem) {
            value = try PythonLiteralParser.parse(text)
        } catch {
            throw JoblibError.damagedNPY(subject, "its header is wrong at byte \(error.place): \(error.reason)")
        }
        func item(_ key: String) throws(JoblibError) -> PythonLiteral {
            guard case .dictionary(let pairs) = value, pairs.count == 3,
                let pair = pairs.first(where: { $0.key == .text(key) })
            else { throw JoblibError.damagedNPY(subject, "its header must have descr, fortran_order and shape only") }
            return pair.value
        }
        guard case .boolean(let isFortranOrder) = try item("fortran_order"),
            case .tuple(let lengths) = try item("shape")
        else { throw JoblibError.damagedNPY(subject, "fortran_order or shape in its header is of the wrong type") }
        var shape: [Int] = []
        for length in lengths {
            guard case .integer(let number) = length, number >= 0 else {
                throw JoblibError.damagedNPY(subject, "its shape \(try item("shape")) has no such length")
            }
            shape.append(number)
        }
        guard shape.count <= 64 else {
            throw JoblibError.damagedNPY(subject, "it has \(shape.count) dimensions, and NumPy allows 64")
        }
        let description = try item("descr")
        guard case .text(let name) = description else {
            guard describesRecords, let type = NumPyType(record: description) else {
                throw JoblibError.structured(subject, description)
            }
            return (NumPyLayout(type, shape: shape, isFortranOrder: isFortranOrder), "\(description)")
        }
        guard let type = NumPyType(parsing: name) else {
            let text = JoblibError.quoted(name)
            throw JoblibError.damagedNPY(subject, "its elements are of no type that NumPy has: \(text)")
        }
        return (NumPyLayout(type, shape: shape, isFortranOrder: isFortranOrder), nil)
    }

    /// The header of an array in C order whose elements are written as they are in memory.
    static func bytes(_ type: NumPyType, shape: [Int]) -> [UInt8] {
        let text = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(JoblibError.tuple(shape)), }"
        // The elements begin at a multiple of 64, so that the file can be mapped; the text ends with a line break.
        let isLong = text.utf8.count > 65_000
        let before = isLong ? 12 : 10
        let end = (before + text.utf8.count + 1 + 63) / 64 * 64
        var bytes = magic + [isLong ? 2 : 1, 0]
        let length = end - before
        for shift in 0..<(isLong ? 4 : 2) { bytes.append(UInt8(truncatingIfNeeded: length >> (8 * shift))) }
        bytes += text.utf8
        bytes += [UInt8](repeating: 0x20, count: end - 1 - bytes.count)
        bytes.append(0x0a)
        return bytes
    }
}
