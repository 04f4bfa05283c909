/// Neighbouring tasks of a call that travel to a worker together.
///
/// A ``BackendSession`` calls exactly one of ``runBlocking(worker:)``, ``run(worker:)`` and ``fail(_:)``, once. The batch
/// itself reports to the call what came of its tasks.
public struct TaskBatch: Sendable, Identifiable {
    let runner: any BatchRunner
    /// The same, for tasks that can travel.
    let remote: (any RemoteBatchRunner)?

    /// A batch that something else than a call is told of: a conformance check's probe.
    package init(runner: any BatchRunner) {
        self.runner = runner
        remote = nil
    }

    init(remote: any RemoteBatchRunner) {
        runner = remote
        self.remote = remote
    }

    /// Tells the batches of one call apart.
    public var id: Int { runner.batch.id }
    /// The input positions of the tasks.
    public var tasks: Range<Int> { runner.batch.tasks }
    /// 1 for a first attempt, more for retries.
    public var attempt: Int { runner.batch.attempt }
    /// True when the tasks are asynchronous, so that ``run(worker:)`` is the only way to run them.
    public var isAsynchronous: Bool { runner.isAsynchronous }

    /// Runs the tasks, one after the other, on this thread.
    ///
    /// A batch of asynchronous tasks fails with a ``JoblibError`` instead.
    ///
    /// - Parameter worker: The worker's number, in `0..<capacity`.
    public func runBlocking(worker: Int) {
        runner.runBlocking(worker: worker)
    }

    /// Runs the tasks, one after the other, in the current Swift task.
    ///
    /// - Parameter worker: The worker's number, in `0..<capacity`.
    public func run(worker: Int) async {
        await runner.run(worker: worker)
    }

    /// Ends the whole call with `error`: the backend can't run this batch.
    public func fail(_ error: JoblibError) {
        runner.fail(error)
    }
}

/// What a ``TaskBatch`` does, without its types.
package protocol BatchRunner: AnyObject, Sendable {
    var batch: Dispatch.Batch { get }
    var isAsynchronous: Bool { get }
    func runBlocking(worker: Int)
    func run(worker: Int) async
    func fail(_ error: JoblibError)
    /// Tells the tasks of this batch alone to stop.
    func cancel()
}

/// What a batch does whose tasks can travel to another process.
protocol RemoteBatchRunner: BatchRunner {
    /// The tasks as bytes, and the functions among them that are named by number.
    func departing(_ coder: WireCoder) throws -> (bytes: [UInt8], functions: [Int])
    /// The batch is given to another process; false when it is not wanted any more.
    func departs(worker: Int) -> Bool
    /// The tasks can't be encoded.
    func couldNotDepart(_ error: any Error, worker: Int)
    /// What came of the batch in another process.
    func arrived(_ arrival: RemoteArrival)
}
