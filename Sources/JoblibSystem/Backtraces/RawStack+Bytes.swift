/// For the way from one process to another.
extension RawStack {
    private static let version: UInt8 = 1
    private static let limit = 1024

    /// Some hundred bytes.
    package var bytes: [UInt8] {
        var bytes = [Self.version]
        func append(_ number: UInt64) {
            bytes += (0..<8).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
        }
        func append(_ addresses: [Address]) {
            append(UInt64(addresses.count))
            for address in addresses {
                append(address.image.map { UInt64($0 + 1) } ?? 0)
                append(address.offset)
            }
        }
        append(UInt64(images.count))
        for image in images {
            for part in [Array(image.path.utf8), image.buildID] {
                append(UInt64(part.count))
                bytes += part
            }
        }
        append(frames)
        append(UInt64(omitted))
        append(outer)
        return bytes
    }

    /// Reads what ``bytes`` gave; nil for anything else.
    package init?(bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        guard reader.byte() == Self.version else { return nil }
        func count() -> Int? {
            let count = Int(clamping: reader.integer(UInt64.self))
            return count <= Self.limit && !reader.isDamaged ? count : nil
        }
        func part() -> [UInt8]? {
            let length = Int(clamping: reader.integer(UInt64.self))
            guard length <= reader.remaining else { return nil }
            return (0..<length).map { _ in reader.byte() }
        }
        func addresses() -> [Address]? {
            guard let count = count() else { return nil }
            var addresses: [Address] = []
            for _ in 0..<count {
                let image = reader.integer(UInt64.self)
                guard image <= UInt64(images.count) else { return nil }
                addresses.append(Address(image: image == 0 ? nil : Int(image) - 1, offset: reader.integer()))
            }
            return addresses
        }
        guard let imageCount = count() else { return nil }
        for _ in 0..<imageCount {
            guard let path = part(), let buildID = part() else { return nil }
            images.append(StackImage(path: String(decoding: path, as: UTF8.self), buildID: buildID))
        }
        guard let frames = addresses() else { return nil }
        self.frames = frames
        omitted = Int(clamping: reader.integer(UInt64.self))
        guard let outer = addresses() else { return nil }
        self.outer = outer
        guard !reader.isDamaged, reader.isAtEnd else { return nil }
    }
}
