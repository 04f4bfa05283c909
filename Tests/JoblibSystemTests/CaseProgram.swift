import Foundation
import Synchronization
import Testing

@testable import JoblibSystem

/// The program of Tests/JoblibCases, which lies beside the tests' own.
enum CaseProgram {
    static let path: String = {
        #if os(macOS)
        let products = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
        #else
        let products = CurrentProcess.executablePath.map { URL(fileURLWithPath: $0) }
        #endif
        return products?.deletingLastPathComponent().appendingPathComponent("JoblibCases").path ?? "JoblibCases"
    }()

    /// Starts a case; its input stays open until the pipe is closed, its output ends with it.
    static func start(
        _ arguments: [String],
        environment: [String: String]? = nil,
        inheriting: [SpawnRequest.Inherited] = []
    ) throws -> (child: ChildProcess, input: Pipe, output: Pipe) {
        let (input, output) = (Pipe(), Pipe())
        var request = SpawnRequest(
            executable: path,
            arguments: arguments,
            environment: environment,
            inheriting: inheriting
        )
        request.standardInput = .descriptor(input.fileHandleForReading.fileDescriptor)
        request.standardOutput = .descriptor(output.fileHandleForWriting.fileDescriptor)
        request.standardError = .null
        let child = try ChildProcess.spawn(request)
        inputs.withLock { $0.append(input) }
        try output.fileHandleForWriting.close()
        return (child, input, output)
    }

    /// A pipe that goes away ends the case that reads from it: none does before its test says so.
    private static let inputs = Mutex<[Pipe]>([])

    /// Runs a case to its end.
    static func run(
        _ arguments: [String],
        environment: [String: String]? = nil,
        inheriting: [SpawnRequest.Inherited] = []
    ) throws -> (status: ProcessStatus, output: String) {
        let (child, _, output) = try start(arguments, environment: environment, inheriting: inheriting)
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        return (try child.wait(), String(decoding: text, as: UTF8.self))
    }

    /// Starts a worker and gives it its order.
    static func worker(
        _ order: String,
        descriptors: [Int32] = []
    ) throws -> (child: ChildProcess, socket: FrameSocket) {
        let (ours, its) = try FrameSocket.pair()
        var request = try #require(SpawnRequest.worker(socket: its.descriptor.number, executable: path))
        request.standardError = .null
        let child = try ChildProcess.spawn(request)
        try ours.send(Array(order.utf8), descriptors: descriptors)
        return (child, ours)
    }

    /// How often long tests repeat: `JOBLIB_LONG_TESTS=1` takes about half a minute.
    static let isLong = Environment.value("JOBLIB_LONG_TESTS") == "1"
}

extension FrameSocket.Reception {
    var frame: FrameSocket.Frame? {
        if case .frame(let frame) = self { frame } else { nil }
    }

    var isEnded: Bool {
        if case .ended = self { true } else { false }
    }

    var isTimedOut: Bool {
        if case .timedOut = self { true } else { false }
    }
}

extension Mapping {
    /// The memory, for writing; valid as long as this object lives.
    func writableBytes() throws -> UnsafeMutableRawBufferPointer {
        struct ReadOnly: Error {}
        guard let bytes = unsafe mutableBytes else { throw ReadOnly() }
        return unsafe bytes
    }
}
