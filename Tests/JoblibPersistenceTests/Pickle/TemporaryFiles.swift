import Foundation

@testable import JoblibPersistence

/// A directory of its own for each test, gone with it.
final class TemporaryFiles: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/joblib-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    func callAsFunction(_ name: String) -> String { path + "/" + name }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }
}

/// The files that Python's joblib has written, see Tests/Fixtures/make_fixtures.py.
enum Fixtures {
    static let directory = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

    static func path(_ name: String) -> String { directory.appending(path: "joblib/\(name)").path }

    static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path(name)))) }

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
