/// As much of the processor's language as it takes to see which functions are called.
enum MachineCode {
    /// Where the direct calls and jumps of some code may lead; none on a processor that is not known here.
    ///
    /// More than the true ones on processors whose instructions have no fixed length: the caller knows where functions
    /// begin.
    ///
    /// - Parameters:
    ///   - code: Instructions.
    ///   - address: Where the first of them lies.
    static func callTargets(_ code: [UInt8], at address: UInt64) -> [UInt64] {
        #if arch(x86_64)
        x86Targets(code, at: address)
        #elseif arch(arm64)
        armTargets(code, at: address)
        #else
        []
        #endif
    }

    /// CALL (e8) and JMP (e9) with 32 bits of distance from the next instruction.
    static func x86Targets(_ code: [UInt8], at address: UInt64) -> [UInt64] {
        code.indices.dropLast(4).filter { code[$0] == 0xe8 || code[$0] == 0xe9 }.map { place in
            let distance = Int32(bitPattern: word(code, at: place + 1))
            return address &+ UInt64(place + 5) &+ UInt64(bitPattern: Int64(distance))
        }
    }

    /// BL and B with 26 bits of distance in words from the instruction itself.
    static func armTargets(_ code: [UInt8], at address: UInt64) -> [UInt64] {
        stride(from: 0, through: code.count - 4, by: 4).compactMap { place in
            let instruction = word(code, at: place)
            guard instruction & 0x7c00_0000 == 0x1400_0000 else { return nil }
            let distance = Int32(bitPattern: instruction << 6) >> 4
            return address &+ UInt64(place) &+ UInt64(bitPattern: Int64(distance))
        }
    }

    private static func word(_ code: [UInt8], at place: Int) -> UInt32 {
        (0..<4).reduce(0) { $0 | UInt32(code[place + $1]) << ($1 * 8) }
    }
}
