/// SplitMix64: the same numbers on every machine for the same seed.
struct Generator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    mutating func chance(_ part: Int) -> Bool { Int.random(in: 0..<part, using: &self) == 0 }

    mutating func integer() -> Int {
        let bits = Int.random(in: 0...63, using: &self)
        return Int(truncatingIfNeeded: next()) >> bits
    }

    mutating func text() -> String {
        let letters: [Character] = ["a", "Z", "0", " ", "é", "ß", "日", "👩‍👩‍👧", "\u{0}", "\"", "\n"]
        let count = chance(8) ? Int.random(in: 0...200, using: &self) : Int.random(in: 0...12, using: &self)
        return String((0..<count).map { _ in letters[Int(next() % UInt64(letters.count))] })
    }

    mutating func list<T>(_ most: Int = 5, _ element: (inout Generator) -> T) -> [T] {
        (0..<Int.random(in: 0...most, using: &self)).map { _ in element(&self) }
    }
}
