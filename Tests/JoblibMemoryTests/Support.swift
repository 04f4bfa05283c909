import Foundation
import Synchronization

@testable import JoblibMemory

/// A directory of its own for each test, gone with it.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/joblib-memory-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// Counts calls.
final class Counter: Sendable {
    private let value = Mutex(0)
    var count: Int { value.withLock { $0 } }

    func add<T>(_ result: T) -> T {
        value.withLock { $0 += 1 }
        return result
    }
}
