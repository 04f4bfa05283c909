@testable import JoblibPersistence

extension TemporaryDirectory {
    /// The path of a file in it.
    func callAsFunction(_ name: String) -> String { path + "/" + name }
}

/// The files that Python's joblib has written, see Tests/Fixtures/make_fixtures.py.
enum JoblibFiles {
    static func path(_ name: String) -> String { "\(Fixtures.directory)/joblib/\(name)" }
    static func bytes(_ name: String) throws -> [UInt8] { try Fixtures.bytes(path(name)) }
    static func value(_ name: String) throws -> JoblibValue { try load(JoblibValue.self, from: path(name)) }
}

/// What a file in memory holds.
func read(_ bytes: [UInt8]) throws -> JoblibValue {
    var reader = PickleReader(PickleInput(MemorySource(bytes)))
    return try reader.read()
}

/// The bytes of a file without compression.
func written(_ value: JoblibValue) throws -> [UInt8] {
    final class Sink: PickleSink {
        var bytes: [UInt8] = []
        func write(_ part: UnsafeRawBufferPointer) { unsafe bytes.append(contentsOf: part) }
    }
    let sink = Sink()
    var writer = PickleWriter(sink, allowsMapping: true)
    try writer.write(value)
    return sink.bytes
}
