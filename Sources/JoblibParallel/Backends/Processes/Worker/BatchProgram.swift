/// Runs the batches of one call in a worker.
protocol BatchProgram: Sendable {
    /// Runs the tasks that `bytes` hold, and reports what comes of them.
    func run(_ order: BatchOrder, _ bytes: [UInt8], _ run: WorkerRun)
}
