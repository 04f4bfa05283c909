/// The numbers of the zip format (PKWARE APPNOTE 6.3.10).
enum ZipFormat {
    static let localHeader: UInt32 = 0x0403_4b50
    static let descriptor: UInt32 = 0x0807_4b50
    static let centralHeader: UInt32 = 0x0201_4b50
    static let end: UInt32 = 0x0605_4b50
    static let end64: UInt32 = 0x0606_4b50
    static let locator64: UInt32 = 0x0706_4b50

    static let localHeaderSize = 30
    static let centralHeaderSize = 46
    static let endSize = 22
    static let end64Size = 56
    static let locator64Size = 20

    static let stored: UInt16 = 0
    static let deflated: UInt16 = 8

    static let isEncrypted: UInt16 = 1
    static let hasDescriptor: UInt16 = 1 << 3
    static let hasUTF8Name: UInt16 = 1 << 11

    /// The extra field with numbers that need more than 32 bits.
    static let zip64Field: UInt16 = 1
    /// Android's zipalign uses it for padding.
    static let paddingField: UInt16 = 0xd935
}

extension [UInt8] {
    mutating func put<Number: FixedWidthInteger>(_ number: Number) {
        for shift in stride(from: 0, to: Number.bitWidth, by: 8) { append(UInt8(truncatingIfNeeded: number >> shift)) }
    }

    /// The number whose lowest byte lies at `offset`; nil if it does not lie within.
    func number<Number: FixedWidthInteger & UnsignedInteger>(at offset: Int, _: Number.Type) -> Number? {
        let size = Number.bitWidth / 8
        guard offset >= 0, offset <= count - size else { return nil }
        return self[offset..<offset + size].reversed().reduce(0) { $0 << 8 | Number($1) }
    }
}
