import Testing

@testable import JoblibCommand
@testable import JoblibSystem

@Suite("joblib map: outputs that wait")
struct MapSpoolTests {
    private func text(_ spool: Spool) throws -> [UInt8] {
        try #require(try spool.bytes(limit: .max))
    }

    @Test("Much goes to a file; without descriptors it stays in memory until there is one")
    func descriptors() throws {
        var hasDescriptors = false
        let budget = SpoolBudget { () throws(SystemError) in
            guard hasDescriptors else { throw SystemError(code: SystemCall.tooManyFiles, operation: "open", path: "") }
            return try ByteFile.unnamed()
        }
        let spool = Spool(budget)
        var expected: [UInt8] = []
        for number in 0..<10 as Range<UInt8> {
            hasDescriptors = number > 6
            let piece = [UInt8](repeating: number, count: 100_000)
            expected += piece
            try spool.append(piece)
            #expect(spool.isInFile == hasDescriptors)
        }
        #expect(try text(spool) == expected)
        #expect(budget.files == 1 && budget.inMemory == 0)
        spool.clear()
        #expect(spool.isEmpty && budget.files == 0)
    }

    @Test("Other reasons are told")
    func others() throws {
        let spool = Spool(
            SpoolBudget { () throws(SystemError) in
                throw SystemError(code: SystemCall.invalid, operation: "open", path: "")
            }
        )
        #expect(throws: SystemError.self) { try spool.append([UInt8](repeating: 1, count: 1_000_000)) }
    }

    @Test("As many tasks as descriptors allow, and no more; many large outputs at once are whole")
    func limit() throws {
        let program = try MapProgram()
        let script = """
            ulimit -n 300
            joblib map -j 21 true a; echo $?
            joblib map -j 20 --unordered 'sh task' $(seq 40) 2> errors | wc -c | tr -d ' '; wc -c < errors | tr -d ' '
            """
        try program.write("head -c 300000 /dev/zero; head -c 300000 /dev/zero >&2", to: "work/task")
        let ending = try program.script(script)
        #expect(ending.lines == ["2", "12000000", "12000000"], "\(ending.errors)")
        #expect(ending.errors.contains("enough for 20 tasks at once"))
    }
}
