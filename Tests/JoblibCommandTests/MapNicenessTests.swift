import Testing

@testable import JoblibSystem

@Suite("joblib map: niceness", .serialized)
struct MapNicenessTests {
    @Test("Commands are as nice as they are asked to be, beside this program")
    func added() throws {
        let program = try MapProgram()
        let ending = try program.script("nice; joblib map --nice 3 --shell 'nice; : {}' a; nice")
        let levels = ending.lines.compactMap { Int($0) }
        try #require(levels.count == 3, "\(ending.errors)")
        #expect(levels[1] == min(levels[0] + 3, 19) && levels[2] == levels[0])
    }

    @Test("What is not allowed is refused at the start, and so is what means nothing")
    func refused() throws {
        let program = try MapProgram()
        let ending = try program.script(
            "nice; joblib map --nice=-2 --shell 'nice; : {}' a; echo $?; joblib map --nice 30 true a; echo $?"
        )
        let numbers = ending.lines.compactMap { Int($0) }
        try #require(numbers.count >= 3, "\(ending.errors)")
        #expect(numbers.last == 2 && ending.errors.contains("-20 to 19"))
        // Who may, may.
        if numbers.count == 4 {
            #expect(numbers[1] == max(numbers[0] - 2, -20) && numbers[2] == 0)
        } else {
            #expect(numbers[1] == 2 && ending.errors.contains("--nice -2"))
        }
    }
}
