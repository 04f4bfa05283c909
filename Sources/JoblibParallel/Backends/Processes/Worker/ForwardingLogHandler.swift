internal import JoblibSystem
internal import Logging

/// Sends what is logged in a worker to the program's own logger.
struct ForwardingLogHandler: LogHandler {
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let worker: WorkerProcess

    init(_ label: String, _ worker: WorkerProcess, level: String) {
        self.label = label
        self.worker = worker
        logLevel = Logger.Level(rawValue: level) ?? .info
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var all = metadataProvider?.get() ?? [:]
        all.merge(self.metadata) { $1 }
        all.merge(event.metadata ?? [:]) { $1 }
        let isInTask = TaskContext.isInsideTask
        let context = TaskContext.current
        let report = LogReport(
            label: label,
            level: event.level.rawValue,
            message: event.message.description,
            metadata: all.map { ($0.key, $0.value.description) }.sorted { $0.0 < $1.0 },
            source: event.source,
            file: event.file,
            function: event.function,
            line: Int(clamping: event.line),
            task: isInTask ? context.index : nil,
            worker: context.workerIndex
        )
        worker.send(.log(report))
    }
}
