/// The first byte of a value; README.md beside this file describes the format.
enum Token {
    /// `0x00...0x7f`: the integers 0 to 127 are their own token.
    static let largestSmallInteger: Int64 = 0x7f

    /// `0x80...0xbf`: a string of 0 to 63 bytes.
    static let shortString: UInt8 = 0x80
    static let longestShortString = 0x3f

    /// `0xc0...0xcf`: the integers -16 to -1.
    static let smallNegative: UInt8 = 0xc0
    static let smallestSmallInteger: Int64 = -16

    static let null: UInt8 = 0xd0
    static let no: UInt8 = 0xd1
    static let yes: UInt8 = 0xd2

    /// A value whose type encoded nothing at all.
    static let nothing: UInt8 = 0xd3

    /// Key and value pairs up to a key of 0.
    static let keyed: UInt8 = 0xd4

    /// A count in four bytes and as many values.
    static let unkeyed: UInt8 = 0xd5

    /// The value of a key that is not there; it keeps optional properties in their place.
    static let absent: UInt8 = 0xd6

    /// An optional that holds an optional, which follows.
    static let some: UInt8 = 0xd7

    /// `0xd8...0xdb`: a signed integer in 1, 2, 4 or 8 bytes.
    static let integer8: UInt8 = 0xd8
    static let integer16: UInt8 = 0xd9
    static let integer32: UInt8 = 0xda
    static let integer64: UInt8 = 0xdb

    /// An integer above `Int64.max` in 8 bytes.
    static let unsigned64: UInt8 = 0xdc
    static let integer128: UInt8 = 0xdd
    static let unsigned128: UInt8 = 0xde

    static let float: UInt8 = 0xe0
    static let double: UInt8 = 0xe1
    static let longString: UInt8 = 0xe2

    /// Numbers of one type, one after the other.
    static let run: UInt8 = 0xe3

    /// A run that travels beside the message.
    static let handle: UInt8 = 0xe4

    /// What a person calls a value that begins with this byte.
    static func name(_ byte: UInt8) -> String {
        switch byte {
        case ...0x7f, 0xc0...0xcf, integer8...unsigned128: "an integer"
        case shortString...0xbf, longString: "a string"
        case null: "nil"
        case no, yes: "a Boolean"
        case nothing: "a value without content"
        case keyed: "a container with keys"
        case unkeyed: "a container without keys"
        case absent: "no value"
        case some: "an optional of an optional"
        case float, double: "a floating-point number"
        case run, handle: "an array of numbers"
        default: "a byte that begins no value"
        }
    }
}

/// The first eight bytes of a message: format and version, flags, and the length of what follows in six bytes.
enum MessageHeader {
    static let size = 8

    /// The format's mark and its version, 1.
    static let version: UInt8 = 0xb1
    static let canonicalFlag: UInt8 = 0x01
    static let largestBody = 1 << 48 - 1
}

/// What comes before a value in a container with keys.
enum KeyToken {
    static let end: UInt64 = 0

    /// The key's length and its bytes follow.
    static let inline: UInt64 = 1

    /// From here on: places in the table of keys at the end of the message.
    static let firstInTable: UInt64 = 2
}
