/// Runs the batches of one call in a worker.
protocol BatchProgram: Sendable {
    /// Runs the tasks of a batch, and reports what comes of them.
    func run(_ order: BatchOrder, _ run: WorkerRun)
}
