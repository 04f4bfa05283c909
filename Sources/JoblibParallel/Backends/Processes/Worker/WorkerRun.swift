internal import JoblibCoding
internal import JoblibSystem

/// A call, in one of its workers.
final class WorkerRun: Sendable {
    let order: RunOrder
    let board: WorkerBoard
    let scope: RunScope
    /// The functions of delayed calls that have arrived.
    let functions: [Int: any ArrivedFunction]
    private let format: WireFormat
    private let worker: WorkerProcess
    private let program: any BatchProgram

    /// - Throws: When the call's function or types can't be found in this program.
    init(_ order: RunOrder, _ worker: WorkerProcess) throws {
        self.order = order
        self.worker = worker
        board = worker.board
        format = WireFormat(try TransportName.transport(order.transport))
        functions = [:]
        scope = Self.scope(order, worker)
        guard let kernel = try TypeName.type(order.kernel) as? any RemoteKernel.Type else {
            throw MessageReader.Damage()
        }
        let opening = ProgramOpening(
            function: try order.function.map { try Travelling.function($0) },
            shared: try order.shared.map { try worker.bytes($0) },
            coder: WireCoder(format, source: SegmentSource(worker.inbox))
        )
        program = try kernel.program(opening)
    }

    /// The same call, knowing more functions.
    private init(_ other: WorkerRun, _ functions: [Int: any ArrivedFunction]) {
        order = other.order
        worker = other.worker
        board = other.board
        format = other.format
        scope = other.scope
        program = other.program
        self.functions = functions
    }

    func adding(_ arrived: [BatchOrder.Function]) throws -> WorkerRun {
        var functions = functions
        for function in arrived where functions[function.number] == nil {
            guard let type = try TypeName.type(function.type) as? any RemoteFunction.Type else {
                throw MessageReader.Damage()
            }
            functions[function.number] = try type.arrived(try Travelling.function(function.code))
        }
        return WorkerRun(self, functions)
    }

    func run(_ batch: BatchOrder) {
        program.run(batch, self)
    }

    func bytes(_ payload: Payload) throws -> [UInt8] { try worker.bytes(payload) }

    var decoder: WireCoder { WireCoder(format, source: SegmentSource(worker.inbox)) }

    /// Encodes results; big arrays among them are sent ahead.
    func payload(_ allowance: ResultAllowance, _ encode: (WireCoder) throws -> [UInt8]) throws -> Payload {
        let sink = ResultSink(
            worker.socket,
            allowance,
            threshold: order.sharedMemoryThreshold,
            directory: order.temporaryDirectory,
            threads: max(1, ProcessorCache.count / max(1, order.jobs))
        )
        return try sink.payload(try encode(WireCoder(format, sink: sink)))
    }

    /// Encodes results with all their arrays in the message.
    func inlined(_ encode: (WireCoder) throws -> [UInt8]) throws -> Payload {
        let bytes = try encode(WireCoder(format))
        guard bytes.count <= Payload.ringLimit else { throw SegmentProblem.noRoom }
        return .inline(bytes)
    }

    func report(_ report: BatchReport) {
        worker.send(.batch(report))
    }

    func memoryInUse() -> Int { worker.tellsMemory ? CurrentProcess.residentByteCount : 0 }

    /// What tasks see of the call: they are told to stop through the board, and share their part of the processors.
    private static func scope(_ order: RunOrder, _ worker: WorkerProcess) -> RunScope {
        let board = worker.board
        return RunScope(
            jobs: order.jobs,
            seed: order.seed,
            budgetLimit: max(1, ProcessorCache.count / max(1, order.jobs)),
            isStoppedOutside: { board.mustStop }
        )
    }
}
