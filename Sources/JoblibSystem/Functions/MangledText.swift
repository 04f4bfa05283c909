/// A mangled type as it lies in an image: text with references to other places in it, closed by a zero byte.
@safe
struct MangledText {
    // Part of an image, which is never unmapped while its functions are of interest.
    private let start: UnsafePointer<UInt8>
    private let count: Int
    /// The text without references.
    private let letters: [UInt8]

    /// Nil when no such text lies in the image.
    init?(at address: UInt64, in image: LoadedImage) {
        guard let segment = image.segment(at: address), segment.isReadable,
            let start = unsafe UnsafePointer<UInt8>(bitPattern: UInt(address))
        else { return nil }
        // Longer than any type's; an end for what is no text.
        let limit = Int(min(segment.range.upperBound - address, 1 << 16))
        var letters: [UInt8] = []
        var place = 0
        while place < limit {
            // Safe: before the end of a segment that can be read.
            let byte = unsafe start[place]
            switch byte {
            case 0:
                unsafe self.start = unsafe start
                count = place
                self.letters = letters
                return
            case 0x01...0x17: place += 5
            case 0x18...0x1f: place += 1 + MemoryLayout<UInt>.size
            default:
                letters.append(byte)
                place += 1
            }
        }
        return nil
    }

    /// Whether it is the type of an escaping Swift function: two words, the second one a context that is kept alive.
    ///
    /// The end of such a mangling is "I", perhaps marks of substitution, "e" for escaping, "g" for a context that the
    /// callee borrows, letters for what is passed and how, and "_" (swift/docs/ABI/Mangling.rst, impl-function-type).
    var isFunction: Bool {
        guard letters.last == UInt8(ascii: "_"), let mark = letters.lastIndex(of: UInt8(ascii: "I")) else {
            return false
        }
        // An "I" may also stand among the letters for what is passed: the one before an "e" counts.
        var place = mark
        while true {
            let rest = letters[(place + 1)...].drop { $0 == UInt8(ascii: "s") || $0 == UInt8(ascii: "I") }
            if rest.starts(with: "eg".utf8) { return Self.isConvention(rest.dropFirst(2).dropLast()) }
            guard let earlier = letters[..<place].lastIndex(of: UInt8(ascii: "I")) else { return false }
            place = earlier
        }
    }

    /// Whether these letters are of a plain Swift function: no C function, block, method, coroutine, or other type's end.
    private static func isConvention(_ letters: ArraySlice<UInt8>) -> Bool {
        letters.allSatisfy { letter in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter) || "HILAT".utf8.contains(letter)
        }
    }

    /// The number in "B0": from which of a closure's bindings a type parameter comes.
    var bindingNumber: Int? {
        guard letters.count == count, letters.first == UInt8(ascii: "B") else { return nil }
        return Int(String(decoding: letters.dropFirst(), as: UTF8.self))
    }

    /// The type's name for an error message.
    func readable(isGeneric: Bool) -> String {
        if isFunction { return "a function" }
        // With type parameters the runtime would need to know what they stand for.
        guard !isGeneric, count > 0 else { return "a value" }
        // Safe: the text of a type in an image of this process, as the compiler wrote it.
        let type = unsafe _getTypeByMangledNameInContext(
            start,
            UInt(count),
            genericContext: nil,
            genericArguments: nil
        )
        return type.map { _typeName($0, qualified: false) } ?? "a value"
    }
}
