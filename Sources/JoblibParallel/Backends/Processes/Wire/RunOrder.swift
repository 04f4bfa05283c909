/// What a worker has to know before the first batch of a call.
struct RunOrder: Sendable {
    /// Tells calls apart.
    var run: Int
    /// The worker's number in the call.
    var worker: Int
    /// How many tasks the call runs at once.
    var jobs: Int
    var seed: UInt64
    /// The type whose ``RemoteKernel/program(_:_:)`` runs the tasks.
    var kernel: [UInt8]
    /// The function that the tasks call, where all call the same.
    var function: [UInt8]?
    /// What all tasks share.
    var shared: Payload?
    var transport: [UInt8]
    /// From how many bytes on arrays in results travel beside the message; `nil`: never.
    var sharedMemoryThreshold: Int?
    var temporaryDirectory: String?
    /// How long a task may run, in nanoseconds; 0: no limit.
    var timeout: UInt64
    /// The first failure ends a batch.
    var stopsAtFailure: Bool

    func write(to writer: inout MessageWriter) {
        for number in [run, worker, jobs] { writer.put(number) }
        writer.put(seed)
        writer.put(kernel)
        writer.put(function) { $0.put($1) }
        writer.put(shared) { $1.write(to: &$0) }
        writer.put(transport)
        writer.put(sharedMemoryThreshold) { $0.put($1) }
        writer.put(temporaryDirectory) { $0.put($1) }
        writer.put(timeout)
        writer.put(stopsAtFailure)
    }

    init(from reader: inout MessageReader) throws(MessageReader.Damage) {
        typealias Damage = MessageReader.Damage
        run = try reader.integer()
        worker = try reader.integer()
        jobs = try reader.integer()
        seed = try reader.unsigned()
        kernel = try reader.part()
        function = try reader.optional { reader throws(Damage) in try reader.part() }
        shared = try reader.optional { reader throws(Damage) in try Payload(from: &reader) }
        transport = try reader.part()
        sharedMemoryThreshold = try reader.optional { reader throws(Damage) in try reader.integer() }
        temporaryDirectory = try reader.optional { reader throws(Damage) in try reader.text() }
        timeout = try reader.unsigned()
        stopsAtFailure = try reader.flag()
    }

    init(
        run: Int,
        worker: Int,
        jobs: Int,
        seed: UInt64,
        kernel: [UInt8],
        function: [UInt8]?,
        shared: Payload?,
        transport: [UInt8],
        sharedMemoryThreshold: Int?,
        temporaryDirectory: String?,
        timeout: UInt64,
        stopsAtFailure: Bool
    ) {
        self.run = run
        self.worker = worker
        self.jobs = jobs
        self.seed = seed
        self.kernel = kernel
        self.function = function
        self.shared = shared
        self.transport = transport
        self.sharedMemoryThreshold = sharedMemoryThreshold
        self.temporaryDirectory = temporaryDirectory
        self.timeout = timeout
        self.stopsAtFailure = stopsAtFailure
    }
}
