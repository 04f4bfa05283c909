import JoblibParallel
import Testing

@Suite struct ByteCountTests {
    @Test(
        "Sizes are read with joblib's units, powers of 1024",
        arguments: [
            ("80G", 80 << 30), ("1.4M", 1_468_006), ("120M", 120 << 20), ("53K", 53 << 10), ("1.5G", 3 << 29),
            ("500K", 512_000), ("1M", 1_048_576), ("0.5K", 512), ("1e3K", 1_024_000), ("0G", 0), ("-0K", 0),
            (".5K", 512),
            ("0.0001K", 0),
        ]
    )
    func parsing(text: String, bytes: Int) throws {
        #expect(try ByteCount(parsing: text).bytes() == bytes)
    }

    @Test(
        "A text without a number or a known unit is refused",
        arguments: [
            "", "K", "fooG", "1.4N", "100", "1m", "10X", "1 M", " 1M", "1M ", "infG", "nanK", "0x1p3K", "1KB", "--1K",
            "1e",
        ]
    )
    func unreadable(text: String) throws {
        let expected = "Invalid literal for size given: \(text) (type String) should be alike '10G', '500M', '50K'."
        let error = try #require(throws: JoblibError.self) { try ByteCount(parsing: text) }
        #expect(error.code == .invalidArgument)
        #expect(error.message == expected)
        let kept = try #require(throws: JoblibError.self) { try ByteCount(stringLiteral: text).bytes() }
        #expect(kept.message == expected)
    }

    @Test("Numbers and units can be written in the program")
    func forms() throws {
        let literal: ByteCount = 4096
        #expect(try literal.bytes() == 4096)
        #expect(literal == .kibibytes(4))
        #expect(ByteCount.mebibytes(1) == "1M")
        #expect(ByteCount.gibibytes(3) == "3G")
        #expect(try ByteCount(0).bytes() == 0)
        #expect(ByteCount.kibibytes(2).description == "2048")
    }

    @Test("A size too large to count is an error, not a trap")
    func tooLarge() throws {
        let sizes: [ByteCount] = [
            .gibibytes(.max), .mebibytes(.max), .kibibytes(1 << 53), "1e300G", "9223372036854775807K",
        ]
        for size in sizes {
            let error = try #require(throws: JoblibError.self) { try size.bytes() }
            #expect(error.message.hasPrefix("A size must be at most 9223372036854775807 bytes, got: "))
        }
        #expect(throws: JoblibError.self) { try ByteCount(parsing: "1e999K") }
    }

    @Test("A negative size is an error that shows what was written")
    func negative() throws {
        let sizes: [(ByteCount, String)] = [(-1, "-1"), ("-5M", "-5M"), (.gibibytes(.min), ".gibibytes(\(Int.min))")]
        for (size, written) in sizes {
            let error = try #require(throws: JoblibError.self) { try size.bytes() }
            #expect(error.message == "A size in bytes cannot be negative, got: \(written)")
        }
    }
}
