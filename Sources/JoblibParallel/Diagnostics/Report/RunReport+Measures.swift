extension RunReport {
    /// Time spent inside tasks, by all workers together.
    public var busy: Duration { workers.reduce(.zero) { $0 + $1.busy } }

    /// Time spent encoding, sending and decoding, by all workers together.
    public var transfer: Duration { workers.reduce(.zero) { $0 + $1.transfer } }

    /// Time that a worker neither worked nor transferred: the call's time less those two, never negative.
    ///
    /// - Parameter worker: One of ``workers``.
    public func idle(of worker: Worker) -> Duration {
        max(.zero, elapsed - worker.busy - worker.transfer)
    }

    /// The part of the call's time, from 0 to 1, that a worker spent inside tasks.
    ///
    /// - Parameter worker: One of ``workers``.
    public func share(of worker: Worker) -> Double {
        elapsed > .zero ? min(1, max(0, worker.busy / elapsed)) : 0
    }

    /// The part of the time of all jobs, from 0 to 1, that was spent inside tasks: 1 is perfect.
    public var utilization: Double {
        guard elapsed > .zero, jobs > 0 else { return 0 }
        return min(1, max(0, busy / elapsed / Double(jobs)))
    }

    /// How unevenly the work was shared: the largest busy time of a worker by the mean over all jobs.
    ///
    /// 1 is perfect, and also the answer when there was no work; ``jobs`` is the worst: one worker did everything.
    public var imbalance: Double {
        guard busy > .zero, jobs > 0, let largest = workers.map(\.busy).max() else { return 1 }
        return max(1, largest / busy * Double(jobs))
    }

    /// How many workers' worth of work went on at a time, on average: busy time by elapsed time.
    ///
    /// That is the speed-up over one worker as far as tasks take no longer side by side than one after another.
    public var speedup: Double {
        elapsed > .zero ? max(0, busy / elapsed) : 0
    }

    /// Tasks ended per second, failed ones included; 0 when no time passed.
    public var throughput: Double {
        elapsed > .zero ? Double(tasks) / (elapsed / .seconds(1)) : 0
    }
}
