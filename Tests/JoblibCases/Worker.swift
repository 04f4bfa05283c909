import JoblibSystem

/// What this program does when it is started as a worker: `main` does not run then.
///
/// The first frame says what to do, and every worker confirms it.
@_cdecl("joblib_worker_main")
func workerMain(_ socket: Int32) {
    let socket = FrameSocket(owning: socket)
    guard case .frame(let order)? = try? socket.receive() else { return }
    do {
        try Worker.run(String(decoding: order.bytes, as: UTF8.self), order.descriptors, socket)
    } catch {
        StandardError.write("worker: \(error)\n")
        Output.exit(3)
    }
}

enum Worker {
    static func run(_ order: String, _ descriptors: [SharedDescriptor], _ socket: FrameSocket) throws {
        switch order {
        case "echo":
            try socket.send([])
            while case .frame(let frame) = try socket.receive() {
                try socket.send(frame.bytes, descriptors: frame.descriptors.map(\.number))
            }
        case "rings":
            try echoThroughRings(try SharedMemory(adopting: descriptors[0]), socket)
        case "functions":
            try FunctionCases.serve(socket)
        case "scribble":
            try scribble(over: try SharedMemory(adopting: descriptors[0]), socket)
        case "describe":
            let variable = Environment.value(WorkerEntry.variable) ?? "none"
            let numbers = CurrentProcess.openDescriptors.map(String.init).joined(separator: " ")
            try socket.send(Array("\(variable)|\(numbers)|\(CommandLine.arguments.count)".utf8))
        case "trap":
            fatalError("as the test wants it")
        case "compute":
            try socket.send([])
            while true { Spin.pause() }
        case let order where order.hasPrefix("crash "):
            try die(String(order.dropFirst(6)), try SharedMemory(adopting: descriptors[0]), socket)
        case let order where order.hasPrefix("throw "):
            try tellThrow(String(order.dropFirst(6)), socket)
        default:
            Output.exit(64)
        }
    }

    /// Crashes or hangs, on a thread of its own.
    private static func die(_ what: String, _ memory: SharedMemory, _ socket: FrameSocket) throws {
        try CrashReporter.install(memory)
        let code = OSThread.start(name: "task") {
            CrashReporter.beginTask()
            try? socket.send([])
            Output.note("\(Crashes.calling(what))")
            Output.exit(0)
        }
        guard code == 0 else { Output.exit(4) }
        while true { _ = try socket.receive() }
    }

    /// Sends the stack of a throw, or of the error in a wrapper.
    private static func tellThrow(_ what: String, _ socket: FrameSocket) throws {
        guard ThrowHook.install() else { Output.exit(5) }
        let done = try WakeUp()
        let code = OSThread.start(name: "task") {
            Task {
                ThrowHook.begin()
                do { try await Failures.perform(what) } catch {
                    let inner = (error as? Failures.Wrapped)?.underlying ?? error
                    for error in [error, inner] { try? socket.send(ThrowHook.backtrace(of: error)?.bytes ?? []) }
                }
                ThrowHook.end()
                done.signal()
            }
        }
        guard code == 0 else { Output.exit(4) }
        _ = try Poll.wait(for: done.descriptor, until: Poll.forever)
    }

    private static func echoThroughRings(_ memory: SharedMemory, _ socket: FrameSocket) throws {
        let channel = try FrameChannel(opening: memory)
        channel.end(with: try ServiceThread.shared(), when: socket.descriptor, .ended)
        try socket.send([])
        do {
            while true { try channel.writer.send(try channel.reader.receive()) }
        } catch FrameRingError.ended {
            return
        }
    }

    /// Fills the shared memory with nonsense, over and over.
    private static func scribble(over memory: SharedMemory, _ socket: FrameSocket) throws {
        let mapping = try memory.map(.readWrite)
        try socket.send([])
        unsafe mapping.withMutableBytes { bytes in
            var random = SystemRandomNumberGenerator()
            while true {
                // The words at the beginning of each ring decide everything: they are hit most often.
                let isHead = random.next() % 2 == 0
                let limit = isHead ? 512 : bytes.count / 2
                let half = random.next() % 2 == 0 ? 0 : bytes.count / 2
                let place = half + Int(random.next(upperBound: UInt(limit))) & ~7
                // Safe: a word within the mapping, which is a multiple of eight bytes long.
                unsafe bytes.storeBytes(of: nonsense(&random), toByteOffset: place, as: UInt64.self)
            }
        }
    }

    private static func nonsense(_ random: inout SystemRandomNumberGenerator) -> UInt64 {
        switch random.next(upperBound: 5 as UInt) {
        case 0: random.next()
        case 1: UInt64.max - random.next(upperBound: 16)
        case 2: random.next(upperBound: 16)
        default: random.next(upperBound: 10_000)
        }
    }
}
