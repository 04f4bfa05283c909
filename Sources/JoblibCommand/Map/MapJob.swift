internal import Joblib
internal import JoblibSystem

/// A task on its way: waiting, running, or done and not shown yet.
final class MapJob {
    let task: MapTask
    /// Its place in the order of outputs, from 0 and without gaps.
    let order: Int
    var words = CommandWords()
    var attempt = 0
    /// The place among those that run, from 0.
    var slot = 0
    var command: RunningCommand?
    /// Descriptors that may have more; nil when they have ended.
    var output: SharedDescriptor?
    var errors: SharedDescriptor?
    let outputSpool: Spool
    let errorSpool: Spool
    var outputTagger: LineTagger
    var errorTagger: LineTagger

    /// On ``MonotonicClock``, of the present attempt.
    var started: UInt64 = 0
    var ended: UInt64 = 0
    /// Nanoseconds since 1970, of the present attempt.
    var startedAt: Int64 = 0
    var deadline = Poll.forever
    /// When it is killed if it has not ended by then.
    var killTime = Poll.forever
    /// Why it is being stopped; nil: it is not.
    var stopping: Stop?
    var outcome: MapOutcome?
    /// Bytes that came from its standard output.
    var received = 0
    var cacheKey: CommandKey?
    /// Its line in the job log is written.
    var isNoted = false
    /// Nothing is tried again before this.
    var notBefore: UInt64 = 0

    enum Stop {
        case timeout, memory, terminal, runEnds
    }

    /// - Parameter isTagged: Whether the whole input and a tab are put before lines.
    init(_ task: MapTask, order: Int, budget: SpoolBudget, isTagged: Bool) {
        let tag = isTagged ? ByteText.escaped(task.input.whole) + [UInt8(ascii: "\t")] : []
        self.task = task
        self.order = order
        outputSpool = Spool(budget)
        errorSpool = Spool(budget)
        outputTagger = LineTagger(tag: tag)
        errorTagger = LineTagger(tag: tag)
    }

    var isSilent: Bool { outputSpool.isEmpty && errorSpool.isEmpty }

    /// Forgets what the attempt before has written.
    func clear() {
        outputSpool.clear()
        errorSpool.clear()
        received = 0
    }

    /// Nanoseconds that the attempt took.
    var elapsed: UInt64 { ended >= started ? ended - started : 0 }
}
