/// An address that means the same in every process of a program: an image and the distance from its beginning.
struct ImageAddress: Sendable, Hashable {
    /// A number of ``ImageTable``.
    var image: UInt32
    var offset: UInt64

    /// Those of functions that were asked for before.
    private static let knownCode = PermanentTable<ImageAddress>()

    /// The address of a function's code or of an async function's record; nil when none begins there.
    static func ofFunction(at address: UInt) -> ImageAddress? {
        if let known = knownCode[address] { return known }
        let place = UInt64(address)
        guard let (number, image) = ImageTable.find(place), image.isFunction(place) || image.isAsyncFunction(place)
        else { return nil }
        let found = ImageAddress(image: number, offset: place &- image.bias)
        knownCode.insert(found, for: address)
        return found
    }

    /// The address of data that an image holds; nil when this many bytes cannot be read there.
    static func ofData(at address: UInt, byteCount: UInt64) -> ImageAddress? {
        let place = UInt64(address)
        guard address % 8 == 0, let (number, image) = ImageTable.find(place), image.canRead(byteCount, at: place)
        else { return nil }
        return ImageAddress(image: number, offset: place &- image.bias)
    }

    /// Where it is in this process; nil for an image that is not there.
    var address: UInt? {
        guard let bias = ImageTable.bias(of: image) else { return nil }
        return UInt(truncatingIfNeeded: bias &+ offset)
    }
}

extension ImageAddress {
    func write(to bytes: inout [UInt8]) {
        if image == 0 {
            // The handshake has compared the programs.
            bytes.append(0)
        } else {
            bytes.append(1)
            (ImageTable.image(image)?.identity ?? ImageTable.programIdentity).write(to: &bytes)
        }
        ByteCoding.append(offset, to: &bytes)
    }

    /// Takes an address from the front of the bytes. What is there has still to be looked at.
    init(reading bytes: inout ArraySlice<UInt8>) throws(UnusableFunction) {
        switch bytes.popFirst() {
        case 0: image = 0
        case 1:
            guard let identity = ImageIdentity(reading: &bytes) else { throw .malformed }
            guard let (number, _) = ImageTable.find(identity) else { throw .missingImage(identity.description) }
            image = number
        default: throw .malformed
        }
        guard let offset = ByteCoding.takeNumber(&bytes) else { throw .malformed }
        self.offset = offset
    }
}
