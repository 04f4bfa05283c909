import Foundation
import Testing

@testable import JoblibCommand
@testable import JoblibSystem

@Suite("joblib map: inputs and job logs")
struct MapRecordTests {
    /// Parses bytes that come in random pieces.
    private func parse(_ bytes: [UInt8], _ format: RecordFormat, seed: UInt64) throws -> [MapInput] {
        var random = SeededRandom(state: seed)
        var parser = RecordParser(format)
        var place = 0
        var inputs: [MapInput] = []
        while place < bytes.count {
            let end = min(bytes.count, place + Int.random(in: 1...9, using: &random))
            parser.add(Array(bytes[place..<end]))
            place = end
            while let input = try parser.next() { inputs.append(input) }
        }
        parser.finish()
        while let input = try parser.next() { inputs.append(input) }
        return inputs
    }

    @Test(
        "Whatever bytes there are between separators arrive, in whatever pieces they come",
        arguments: [UInt8(0), 0x0A]
    )
    func terminated(_ terminator: UInt8) throws {
        for seed in 0..<200 as Range<UInt64> {
            var random = SeededRandom(state: seed)
            let count = Int.random(in: 0..<20, using: &random)
            let records = (0..<count).map { _ in
                (0..<Int.random(in: 0..<12, using: &random)).map { _ in
                    UInt8.random(in: .min ... .max, using: &random)
                }.filter { $0 != terminator }
            }
            let format = RecordFormat(form: .terminated(terminator), delimiter: nil, hasHeader: false)
            let bytes = records.flatMap { $0 + [terminator] }
            #expect(try parse(bytes, format, seed: seed).map(\.whole) == records)
            // The last one may do without.
            if let last = records.last, !last.isEmpty {
                #expect(try parse(bytes.dropLast(), format, seed: seed).map(\.whole) == records)
            }
        }
    }

    @Test("Tables hold any text in their fields, in whatever pieces they come")
    func tables() throws {
        let letters = Array("ab,\"\n\r ;é".utf8)
        for seed in 0..<300 as Range<UInt64> {
            var random = SeededRandom(state: seed)
            var rows: [[[UInt8]]] = []
            for _ in 0..<Int.random(in: 0..<6, using: &random) {
                rows.append(
                    (0..<Int.random(in: 1..<4, using: &random)).map { _ in
                        (0..<Int.random(in: 0..<6, using: &random)).map { _ in
                            letters.randomElement(using: &random) ?? 0x61
                        }
                    }
                )
            }
            let quote = UInt8(ascii: "\"")
            var text: [UInt8] = []
            for row in rows {
                let fields: [[UInt8]] = row.map { field in
                    var quoted: [UInt8] = [quote]
                    for byte in field { quoted += byte == quote ? [quote, quote] : [byte] }
                    return quoted + [quote]
                }
                text += fields.joined(separator: [UInt8(ascii: ",")])
                text += Bool.random(using: &random) ? [0x0D, 0x0A] : [0x0A]
            }
            let format = RecordFormat(form: .csv, delimiter: nil, hasHeader: false)
            #expect(try parse(text, format, seed: seed).map(\.columns) == rows)
        }
    }

    @Test("Fields without quotes, empty rows, a byte order mark, other separators")
    func plainTables() throws {
        func rows(_ text: String, _ delimiter: Character? = nil) throws -> [[String]] {
            let format = RecordFormat(form: .csv, delimiter: delimiter?.asciiValue, hasHeader: false)
            return try parse(Array(text.utf8), format, seed: 1).map {
                $0.columns.map { String(decoding: $0, as: UTF8.self) }
            }
        }
        #expect(try rows("\u{FEFF}a,b\r\n\r\n1,\n") == [["a", "b"], ["1", ""]])
        #expect(try rows("a;b,c;\"d;e\"", ";") == [["a", "b,c", "d;e"]])
        #expect(try rows("a \"b\" c,d") == [["a \"b\" c", "d"]])
        #expect(try rows("") == [])
        #expect(throws: CommandFailure.self) { try rows("a,\"b\nc") }
    }

    @Test("Bytes become strings and the same bytes again")
    func byteText() {
        for seed in 0..<500 as Range<UInt64> {
            var random = SeededRandom(state: seed)
            var bytes: [UInt8] = []
            for _ in 0..<Int.random(in: 0..<20, using: &random) {
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes += Array("é日🙂\u{10FF80}\u{10FFFF}".utf8)
                case 1: bytes.append(UInt8.random(in: 0x80...0xFF, using: &random))
                default: bytes.append(UInt8.random(in: 0...0x7F, using: &random))
                }
            }
            #expect(ByteText.bytes(ByteText.string(bytes)) == bytes)
        }
        #expect(ByteText.string(Array("naïve".utf8)) == "naïve")
    }

    @Test("A log tells what is done; half a line, and lines of others, tell nothing")
    func logs() throws {
        let program = try MapProgram()
        let path = program.directory + "/log"
        func line(_ sequence: Int, _ code: Int, _ command: String) -> String {
            "\(sequence)\thost\t1.000\t0.100\t0\t0\t\(code)\t0\t\(command)\n"
        }
        let text =
            "Seq\tHost\tStarttime\tJobRuntime\tSend\tReceive\tExitval\tSignal\tCommand\n" + line(1, 0, "echo a")
            + line(2, 1, "echo b") + line(3, 0, "echo a") + line(4, 1, "echo c") + line(4, 0, "echo c") + "nonsense\n"
            + line(5, 0, "echo d").dropLast()
        try program.write(text, to: "log")
        func taken(_ commands: [String], onlySucceeded: Bool) throws -> [Bool] {
            var finished = try FinishedTasks(path, onlySucceeded: onlySucceeded)
            return commands.map { finished.take(CommandWords($0.split(separator: " ").map { Array($0.utf8) })) }
        }
        let commands = ["echo a", "echo a", "echo a", "echo b", "echo c", "echo d"]
        #expect(try taken(commands, onlySucceeded: false) == [true, true, false, true, true, false])
        #expect(try taken(commands, onlySucceeded: true) == [true, true, false, false, true, false])
        // What is added begins on a line of its own.
        let log = try JobLog(path, continued: true)
        withExtendedLifetime(log) {}
        #expect(program.bytes(of: "log").last == 0x0A)
    }
}

/// SplitMix64: the same numbers for a seed on every machine.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
