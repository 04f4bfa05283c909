import JoblibSystem

/// Programs for tests that need another process: the first argument says which.
@main
enum JoblibCases {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        switch arguments.first {
        case "exit": Output.exit(arguments.dropFirst().first.flatMap { Int32($0) } ?? 0)
        case "trap": fatalError("as the test wants it")
        case "wait": waitForInput()
        case "arguments": Output.write(arguments.dropFirst().joined(separator: "|"))
        case "variable": Output.write(Environment.value(arguments.dropFirst().first ?? "") ?? "none")
        case "descriptors": Output.write(CurrentProcess.openDescriptors.map(String.init).joined(separator: " "))
        case "status": try Output.write(FileInput.readText("/proc/self/status") + FileInput.readText("/proc/self/stat"))
        case "lock": try holdLock(arguments.dropFirst().first ?? "")
        case "orphan": try leaveWorker()
        case "leaks": try Leaks.run(arguments.dropFirst().first ?? "", rounds: 500)
        case "functions": try FunctionCases.run(isVerbose: arguments.contains("verbose"))
        default: Output.exit(64)
        }
    }

    /// Waits until standard input ends.
    private static func waitForInput() {
        let input = FileDescriptor(owning: 0, naming: "standard input")
        while let bytes = try? input.read(upTo: 1), !bytes.isEmpty {}
    }

    private static func holdLock(_ path: String) throws {
        let lock = try FileLock.acquire(path)
        Output.write(lock == nil ? "free\n" : "locked\n")
        waitForInput()
    }

    /// Starts a worker that computes for ever, and tells its number.
    private static func leaveWorker() throws {
        let (ours, its) = try FrameSocket.pair()
        guard let request = SpawnRequest.worker(socket: its.descriptor.number) else { Output.exit(1) }
        let worker = try ChildProcess.spawn(request)
        try ours.send(Array("compute".utf8))
        guard case .frame = try ours.receive() else { Output.exit(2) }
        Output.write("\(worker.identifier)\n")
        waitForInput()
    }
}
