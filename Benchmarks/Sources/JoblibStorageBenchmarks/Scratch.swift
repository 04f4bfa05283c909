#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Where the files of the cases lie.
enum Scratch {
    /// `BENCHMARK_DIRECTORY`, which the driver makes and removes, so that processes of their own find the files of others; or
    /// else a directory for this process alone.
    static let directory: String = {
        if let given { return given }
        let path = FileManager.default.temporaryDirectory.path + "/joblib-benchmarks-\(getpid())"
        // Nothing can be measured without it.
        try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }()

    private static let given = ProcessInfo.processInfo.environment["BENCHMARK_DIRECTORY"]

    /// A path in the directory.
    static func path(_ name: String) -> String { "\(directory)/\(name)" }

    static func remove() { if given == nil { try? FileManager.default.removeItem(atPath: directory) } }

    static func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }

    /// - Throws: When there is no such file.
    static func size(of path: String) throws -> Int {
        guard let size = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int else {
            throw ScratchFailure(text: "\(path) has no size")
        }
        return size
    }

    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
}

struct ScratchFailure: Error, CustomStringConvertible {
    var text: String
    var description: String { text }
}
