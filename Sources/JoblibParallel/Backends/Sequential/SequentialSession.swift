/// Runs each batch when it is submitted.
struct SequentialSession: BackendSession {
    var capacity: Int { 1 }

    func submit(_ batch: TaskBatch) {
        batch.runBlocking(worker: 0)
    }

    func abandon(_ batch: TaskBatch) {
        batch.runner.cancel()
    }

    func stop() {}
}
