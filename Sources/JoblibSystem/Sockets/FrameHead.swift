/// What precedes a frame on a socket: its length, how many descriptors it has, and a mark.
struct FrameHead: Hashable {
    static let byteCount = 8
    /// "JF": tells a stray writer from one of ours.
    private static let mark: UInt16 = 0x4a46

    let bodyCount: Int
    let descriptorCount: Int

    /// nil when that is more than a frame can have.
    init?(byteCount: Int, descriptorCount: Int) {
        guard UInt32(exactly: byteCount) != nil, 0...FrameSocket.maximumDescriptors ~= descriptorCount else {
            return nil
        }
        bodyCount = byteCount
        self.descriptorCount = descriptorCount
    }

    /// nil when these are not the eight bytes of a head.
    init?(decoding bytes: ArraySlice<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        // Little-endian on every machine, like all else on the wire.
        let word = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard UInt16(truncatingIfNeeded: word >> 48) == Self.mark else { return nil }
        self.init(byteCount: Int(word & 0xffff_ffff), descriptorCount: Int(word >> 32 & 0xffff))
    }

    var encoded: [UInt8] {
        let word = UInt64(bodyCount) | UInt64(descriptorCount) << 32 | UInt64(Self.mark) << 48
        return (0..<8).map { UInt8(truncatingIfNeeded: word >> ($0 * 8)) }
    }
}
