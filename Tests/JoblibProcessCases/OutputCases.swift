import CJoblibTestInitializer
import Dispatch
import Foundation
import Joblib
import Logging
import Synchronization

/// What workers print and log.
enum OutputCases {
    /// Tasks print, and end before or after the program looks; one does not end its line.
    static func printing() throws {
        try Parallel(jobs: 2, backend: .processes, batchSize: 1).forEach(0..<6) { number in
            print("task \(number)")
            print("part \(number)", terminator: ";\n")
        }
        print("end")
    }

    /// What an initializer of C has set is set in workers.
    static func initialized() throws {
        print(try Parallel(jobs: 2, backend: .processes).map(0..<2) { _ in joblib_case_initialized() })
    }

    /// Tasks that need libdispatch and the pool of Swift's concurrency, neither of which `main` has begun to use.
    static func asynchronous() async throws {
        let parallel = Parallel(jobs: 2, backend: .processes, timeout: .seconds(60))
        print(
            try await parallel.map(0..<4) { number in
                try await Task.sleep(for: .milliseconds(1))
                return await Task.detached { number * 2 }.value
            }
        )
        print(
            try await parallel.map(0..<4) { number in
                await withCheckedContinuation { continuation in
                    DispatchQueue.global().asyncAfter(deadline: .now() + 0.001) {
                        continuation.resume(returning: number)
                    }
                }
            }
        )
    }

    /// Records of tasks arrive at the program's own handler.
    static func logging() throws {
        LoggingSystem.bootstrap { KeepingLogHandler(label: $0) }
        let parallel = Parallel(jobs: 2, backend: .processes, batchSize: 1)
        try parallel.forEach(0..<4) { number in
            Logger(label: "case").warning("hello from \(number)", metadata: ["kind": "test"])
            Logger(label: "case").trace("too quiet")
        }
        for line in KeepingLogHandler.lines.withLock({ $0.sorted() }) { print(line) }
    }

    /// A task logs more than fits into what lies between it and the program, which only waits.
    static func muchLogging() throws {
        LoggingSystem.bootstrap { KeepingLogHandler(label: $0) }
        try Parallel(jobs: 1, backend: .processes, batchSize: 1).forEach(0..<1) { _ in
            let text = String(repeating: "x", count: 500)
            for _ in 0..<3000 { Logger(label: "case").warning("\(text)") }
        }
        print(KeepingLogHandler.lines.withLock { $0.count })
    }
}

/// Keeps what is logged.
struct KeepingLogHandler: LogHandler {
    static let lines = Mutex<[String]>([])

    let label: String
    var logLevel = Logger.Level.info
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        guard label == "case" else { return }
        let task = event.metadata?["joblib.task"].map { "\($0)" } ?? "none"
        let kind = event.metadata?["kind"].map { "\($0)" } ?? "none"
        let isFromWorker = event.metadata?["joblib.worker"] != nil
        Self.lines.withLock { $0.append("\(event.level) \(event.message) task=\(task) kind=\(kind) \(isFromWorker)") }
    }
}
