/// The threads and worker processes of a `withPool`.
final class CallPool: Sendable {
    let threads: ThreadPool
    let workers = WorkerPools(isShared: false)

    init(threads: ThreadPool = ThreadPool(name: "joblib-pool", idleTime: .seconds(3600))) {
        self.threads = threads
    }

    func close() {
        threads.close()
        workers.close()
    }
}
