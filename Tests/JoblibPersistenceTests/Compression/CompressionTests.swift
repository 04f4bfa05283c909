import Testing

@testable import JoblibPersistence

@Suite("Compression")
struct CompressionTests {
    @Test("all levels give the same back, and others are refused by name", arguments: Squeezer.available)
    func levels(method: String) throws {
        var generator = Generator(seed: 12)
        let bytes = Squeezer.sample(&generator, 20_000)
        let range = ["lz4": 0...12, "zstd": 1...19, "bz2": 1...9][method] ?? 0...9
        for level in range {
            #expect(try Squeezer.expand(Squeezer.compress(bytes, method, level: level), method) == bytes)
        }
        for level in [range.lowerBound - 1, range.upperBound + 1, .max, .min] {
            let error = #expect(throws: JoblibError.self) { try Squeezer.compress(bytes, method, level: level) }
            #expect(error?.message.hasPrefix("Non valid compress level given: \"\(level)\".") == true)
        }
    }

    @Test("data that are cut off are an error, wherever they end", arguments: Squeezer.available)
    func truncated(method: String) throws {
        var generator = Generator(seed: 13)
        let bytes = Squeezer.sample(&generator, 3000)
        let compressed = try Squeezer.compress(bytes, method)
        for count in compressed.indices where count < 40 || count % 37 == 0 || count > compressed.count - 20 {
            let error = #expect(throws: JoblibError.self) {
                try Squeezer.expand(Array(compressed[..<count]), method)
            }
            #expect(error?.code == .damagedFile)
        }
    }

    @Test("several streams are one", arguments: Squeezer.available.filter { !["zlib", "lzma"].contains($0) })
    func concatenated(method: String) throws {
        let parts = [[UInt8]("first ".utf8), [], [UInt8](repeating: 7, count: 100_000), [UInt8]("last".utf8)]
        let compressed = try parts.flatMap { try Squeezer.compress($0, method) }
        #expect(try Squeezer.expand(compressed, method) == parts.flatMap { $0 })
        #expect(try Squeezer.expand(compressed, method, piece: 1) == parts.flatMap { $0 })
        #expect(try Squeezer.expand(compressed + [0, 0, 0, 0], method) == parts.flatMap { $0 })
        #expect(throws: JoblibError.self) { try Squeezer.expand(compressed + [1], method) }
    }

    @Test("damaged data give a value or an error, never a crash, and no more than was asked for")
    func mutated() throws {
        #if DEBUG
        let rounds = 2000
        #else
        let rounds = 20_000
        #endif
        var generator = Generator(seed: 14)
        for method in Squeezer.available {
            let originals = try [0, 50, 3000].map { try Squeezer.compress(Squeezer.sample(&generator, $0), method) }
            for round in 0..<rounds {
                var bytes = originals[round % originals.count]
                for _ in 0..<Int.random(in: 1...3, using: &generator) {
                    let place = Int.random(in: 0..<bytes.count, using: &generator)
                    switch generator.next() % 4 {
                    case 0: bytes[place] ^= 1 << UInt8(generator.next() % 8)
                    case 1: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
                    case 2: bytes.insert(UInt8(truncatingIfNeeded: generator.next()), at: place)
                    default: if bytes.count > 2 { bytes.remove(at: place) }
                    }
                }
                do {
                    let result = try Squeezer.expand(bytes, method, piece: 4096, limit: 1 << 16)
                    #expect(result.count <= 1 << 16 + 4096)
                } catch let error as JoblibError {
                    if error.code != .damagedFile { Issue.record("\(method): \(error)") }
                }
            }
        }
    }

    @Test("a bomb gives only what is asked for", arguments: Squeezer.available)
    func bomb(method: String) throws {
        let compressed = try Squeezer.compress([UInt8](repeating: 0, count: 50 << 20), method)
        let result = try Squeezer.expand(compressed, method, limit: 4 << 20)
        #expect(result.count <= 5 << 20)
    }

    @Test("methods are chosen by extension and recognised by their first bytes")
    func detection() {
        let names = [
            "m.z": "zlib", "m.joblib.gz": "gzip", "m.bz2": "bz2", "m.xz": "xz", "m.LZMA": "lzma", "m.lz4": "lz4",
            "m.zst": "zstd",
        ]
        for (name, method) in names { #expect(Compression(forFile: name)?.method == method) }
        #expect(Compression(forFile: "m.joblib") == nil && Compression(forFile: "gz") == nil)
        #expect(Compression(detecting: [0x80, 4, 0x95, 0, 0, 0, 0, 0]) == nil)
        #expect(Compression(detecting: Array("xylophone".utf8)) == nil)
        #expect(Compression(detecting: []) == nil)
        #expect(Compression.zlib(level: 9).description == "zlib(level: 9)" && Compression.none.description == "none")
    }

    private struct Plain: CompressionCodec {
        final class Copy: CompressionStream {
            func process(
                _ input: UnsafeRawBufferPointer,
                into output: UnsafeMutableRawBufferPointer,
                isLast: Bool
            ) throws -> CompressionProgress {
                let count = min(input.count, output.count)
                unsafe output.copyMemory(from: UnsafeRawBufferPointer(rebasing: input[..<count]))
                return CompressionProgress(
                    consumed: count,
                    produced: count,
                    isFinished: isLast && count == input.count
                )
            }
        }

        var name = "plain"
        var fileExtensions = [".plain"]
        var magic: [UInt8] = Array("PLAIN!".utf8)
        func makeEncoder(level: Int?) throws -> any CompressionStream { Copy() }
        func makeDecoder() throws -> any CompressionStream { Copy() }
    }

    @Test("a method of one's own is registered once, and then is like any other")
    func registering() throws {
        try CompressorRegistry.register(Plain())
        let error = #expect(throws: JoblibError.self) { try CompressorRegistry.register(Plain()) }
        #expect(error?.message == "Compressor 'plain' already registered")
        try CompressorRegistry.register(Plain(), replacing: true)
        #expect(throws: JoblibError.self) { try CompressorRegistry.register(Plain(name: "")) }
        #expect(throws: JoblibError.self) { try CompressorRegistry.register(Plain(name: "a", fileExtensions: [""])) }
        #expect(Compression(forFile: "a.plain") == .named("plain"))
        #expect(Compression(detecting: Array("PLAIN! text".utf8)) == .named("plain"))
        #expect(try Squeezer.expand(Squeezer.compress([1, 2, 3], "plain"), "plain") == [1, 2, 3])
        #expect(throws: JoblibError.self) { try CompressorRegistry.codec(named: "brotli") }
    }
}
