/// One file in a zip archive, as the archive's directory describes it. Nothing in it is certain before it is read.
struct ZipMember: Sendable, Hashable {
    var name: String
    var flags: UInt16
    var method: UInt16
    var checksum: UInt32
    var compressedSize: Int
    var size: Int
    var headerOffset: Int
}

/// Why bytes are no zip archive.
struct ZipProblem: Error {
    var reason: String

    init(_ reason: String) { self.reason = reason }
}
