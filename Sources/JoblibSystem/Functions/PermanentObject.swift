/// Heap objects that Swift did not make and never frees.
enum PermanentObject {
    /// The second word of an object whose references are not counted: as it is in the empty array, which is shared by the
    /// whole program. Where that one turns out to be counted, a first reference, which is never given back.
    static let countWord: UInt = {
        let empty: [Int] = []
        let before = word(of: empty)
        let references = [empty, empty, empty]
        return withExtendedLifetime(references) { word(of: empty) } == before ? before : ArrayHeader.oneReference
    }()

    /// An object of these words, the first being its metadata's address.
    static func make(_ words: [UInt]) -> UInt {
        // Safe: allocated here, filled completely, and never freed.
        let object = UnsafeMutableRawPointer.allocate(byteCount: words.count * MemoryLayout<UInt>.size, alignment: 16)
        unsafe object.initializeMemory(as: UInt.self, from: words, count: words.count)
        return UInt(bitPattern: object)
    }

    @inline(never)
    private static func word(of array: [Int]) -> UInt {
        // Safe: an array without elements is a reference to an object, whose first two words are its header.
        unsafe unsafeBitCast(array, to: UnsafePointer<UInt>.self)[1]
    }
}
