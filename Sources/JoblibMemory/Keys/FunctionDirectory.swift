/// Names of directories for functions.
package enum FunctionDirectory {
    private static let longest = 120

    /// The name for a function; different functions have different ones.
    package static func name(of function: String) -> String {
        var name = ""
        for (place, byte) in function.utf8.enumerated() {
            // A leading point would hide the directory, or be "." or "..".
            if isPlain(byte), place > 0 || byte != UInt8(ascii: ".") {
                name.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                name += "%" + hexadecimal(byte)
            }
        }
        guard name.utf8.count > longest else { return name }
        // Safe: the bytes are hashed at once.
        let digest = unsafe Array(function.utf8).withUnsafeBytes { unsafe TreeHash.leafDigest($0).hex }
        return "\(name.prefix(longest - 34))%%\(digest.prefix(32))"
    }

    /// The function whose name a directory has, as far as the directory tells: a long name is cut off.
    package static func function(of name: String) -> String {
        let bytes = Array(name.utf8)
        var text: [UInt8] = []
        var place = 0
        while place < bytes.count {
            if bytes[place] == UInt8(ascii: "%") {
                let digits = bytes[(place + 1)...].prefix(2)
                // Two of these signs stand before the digest that ends a long name.
                guard let byte = UInt8(String(decoding: digits, as: UTF8.self), radix: 16) else {
                    return String(decoding: text, as: UTF8.self) + "…"
                }
                text.append(byte)
                place += 3
            } else {
                text.append(bytes[place])
                place += 1
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    package static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= longest && text.utf8.first != UInt8(ascii: ".")
            && text.utf8.allSatisfy { isPlain($0) || $0 == UInt8(ascii: "%") }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
            UInt8(ascii: "="):
            true
        default: false
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
}
