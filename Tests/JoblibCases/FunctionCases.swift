import JoblibSystem

/// Sends functions of every kind to a worker of this same program, and compares what they give there and here.
enum FunctionCases {
    static func run(isVerbose: Bool) throws {
        let (worker, ours) = try start()
        try ours.send(Array("functions".utf8))
        guard case .frame(let frame) = try ours.receive() else { Output.exit(2) }
        var identity = frame.bytes[...]
        guard ProgramIdentity(reading: &identity) == .current else { Output.exit(3) }
        var tally = Tally()
        FunctionMatrix { name, holder, result, expected in
            do {
                tally.count(try check(name, holder, result, expected, ours, isVerbose))
            } catch {
                tally.failures += 1
                Output.write("\(name): \(error)\n")
            }
        }.run()
        ours.shutDown()
        guard try worker.wait() == .exited(0), tally.failures == 0 else { Output.exit(4) }
        Output.write("\(tally.travelled) travelled, \(tally.refused) refused\n")
    }

    /// The worker's end of the socket is closed here with the end of this call, so that a crash is seen.
    private static func start() throws -> (ChildProcess, FrameSocket) {
        let (ours, its) = try FrameSocket.pair()
        guard let request = SpawnRequest.worker(socket: its.descriptor.number) else { Output.exit(1) }
        return (try ChildProcess.spawn(request), ours)
    }

    private struct Tally {
        var travelled = 0
        var refused = 0
        var failures = 0

        mutating func count(_ hasTravelled: Bool) {
            if hasTravelled { travelled += 1 } else { refused += 1 }
        }
    }

    private struct Wrong: Error, CustomStringConvertible { var description: String }

    private static func check(
        _ name: String,
        _ holder: any FunctionHolder,
        _ result: FunctionMatrix.PortableFunctionResult,
        _ expected: FunctionMatrix.Expectation,
        _ socket: FrameSocket,
        _ isVerbose: Bool
    ) throws -> Bool {
        switch result {
        case .failure(let error):
            if isVerbose { Output.write("\(name): \(error)\n") }
            if expected == .travels { throw Wrong(description: "refused: \(error)") }
            return false
        case .success(let (type, function)):
            if expected == .refused { throw Wrong(description: "not refused") }
            var bytes: [UInt8] = []
            type.write(to: &bytes)
            function.write(to: &bytes)
            try socket.send(bytes)
            guard case .frame(let answer) = try socket.receive() else { throw Wrong(description: "the worker ended") }
            let there = String(decoding: answer.bytes, as: UTF8.self)
            let here = try holder.call()
            if isVerbose { Output.write("\(name): \(bytes.count) bytes, \(there)\n") }
            guard there == here else { throw Wrong(description: "\(there) instead of \(here)") }
            return true
        }
    }

    /// The worker's side: each frame is a function, answered by what it gives.
    static func serve(_ socket: FrameSocket) throws {
        var identity: [UInt8] = []
        ProgramIdentity.current.write(to: &identity)
        try socket.send(identity)
        while case .frame(let frame) = try socket.receive() {
            let answer: String
            do { answer = try call(frame.bytes[...]) } catch { answer = "error: \(error)" }
            try socket.send(Array(answer.utf8))
        }
    }

    private static func call(_ bytes: ArraySlice<UInt8>) throws -> String {
        var bytes = bytes
        guard let type = PortableType(reading: &bytes) else { throw UnusableFunction.malformed }
        let function = try PortableFunction(reading: &bytes)
        guard let holder = type.resolve() as? any FunctionHolder.Type, bytes.isEmpty else {
            throw UnusableFunction.missingType(type.name)
        }
        return try holder.call(function)
    }
}
