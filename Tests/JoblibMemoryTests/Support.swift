import Foundation
import JoblibSystem
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
        try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The files of entries, by the paths below the directory.
    var entryFiles: [String] {
        get throws {
            try FileManager.default.subpathsOfDirectory(atPath: path).filter { name in
                name.split(separator: "/").last.map { $0.count == 62 } ?? false
            }.map { path + "/" + $0 }.sorted()
        }
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

/// What a cache says, instead of where it would say it.
final class Heard: Sendable {
    private let state = Mutex((messages: [String](), warnings: [String]()))
    var messages: [String] { state.withLock { $0.messages } }
    var warnings: [String] { state.withLock { $0.warnings } }

    var output: MemoryCore.Output {
        MemoryCore.Output(
            messages: { [self] text in state.withLock { $0.messages.append(text) } },
            warnings: { [self] text, details in
                state.withLock { $0.warnings.append("\(text): \(details["reason"] ?? "")") }
            }
        )
    }
}

/// A gate that opens once.
final class Gate: Sendable {
    private let isOpen = Mutex(false)
    private let monitor = Monitor()

    func open() {
        monitor.withLock {
            isOpen.withLock { $0 = true }
            monitor.broadcast()
        }
    }

    func pass() {
        monitor.withLock {
            while !isOpen.withLock({ $0 }) { monitor.wait() }
        }
    }
}

struct Failure: Error, Equatable {}

/// Waits until something is so; false after half a minute.
func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
    let deadline = MonotonicClock.now + 30_000_000_000
    while MonotonicClock.now < deadline {
        if try condition() { return true }
        _ = try? Poll.wait(for: [], until: MonotonicClock.now + 1_000_000)
    }
    return try condition()
}
