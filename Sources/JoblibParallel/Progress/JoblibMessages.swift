/// joblib's `verbose` messages, to the letter: counts and times in, at most one line out.
///
/// It has no clock and writes nowhere. Lines come without their newline. Three things differ from joblib on purpose: the
/// label carries the number of jobs as the user wrote it, a count never exceeds its total nor does a remaining time fall
/// below zero, and a `verbose` below one prints nothing.
///
/// ```swift
/// let messages = JoblibMessages(label: 2, verbose: 10, knownTotal: 20, preDispatched: 4)
/// messages.finished(done: 20, elapsed: .milliseconds(100))
/// // [Parallel(n_jobs=2)]: Done 20 out of 20 | elapsed:    0.1s finished
/// ```
package struct JoblibMessages: Sendable {
    private let prefix: String
    private let verbose: Int
    private let knownTotal: Int?
    private let preDispatched: Int
    /// Counts are padded to the length of the total, three digits where there is none.
    private let width: Int

    /// - Parameters:
    ///   - label: The number of jobs as the user gave it, such as -1.
    ///   - verbose: joblib's `verbose`; nothing is printed below 1.
    ///   - knownTotal: The length of the input, if it has one.
    ///   - preDispatched: joblib's pre_dispatch as a number of tasks; 0 for "all".
    package init(label: Int, verbose: Int, knownTotal: Int?, preDispatched: Int) {
        self.prefix = "[Parallel(n_jobs=\(label))]: "
        self.verbose = verbose
        self.knownTotal = knownTotal
        self.preDispatched = preDispatched
        self.width =
            if let knownTotal, knownTotal > 0 { String(knownTotal).count } else { 3 }
    }

    /// The line at the start of a call; `nil` for a sequential one, which has no workers to speak of.
    package func started(backend: String, jobs: Int, isSequential: Bool) -> String? {
        guard verbose > 0, !isSequential else { return nil }
        return prefix + "Using backend \(backend) with \(jobs) concurrent workers."
    }

    /// The line after a batch, or `nil` where joblib's thinning leaves it out or ``finished(done:elapsed:)`` will say it.
    ///
    /// - Parameters:
    ///   - done: Tasks ended, this batch's included.
    ///   - dispatchedTasks: Tasks taken from the input before this end lets more be taken.
    ///   - dispatchedBatches: The batches they were taken in; in a sequential call each task is one.
    ///   - exhausted: Whether the input was asked for more and had none; stays false during a sequential call.
    ///   - elapsed: The time since the call began.
    package func batchEnded(
        done: Int,
        dispatchedTasks: Int,
        dispatchedBatches: Int,
        exhausted: Bool,
        elapsed: Duration
    ) -> String? {
        guard verbose > 0 else { return nil }
        guard exhausted else {
            return showsWhileDispatching(dispatchedBatches) ? stillDispatching(done: done, elapsed: elapsed) : nil
        }
        guard done < dispatchedTasks, showsWhenDispatched(done: done, of: dispatchedTasks) else { return nil }
        let seconds = DurationFormat.seconds(elapsed)
        let remaining = seconds / Double(max(done, 1)) * Double(dispatchedTasks - done)
        return prefix + "Done \(padded(done)) out of \(padded(dispatchedTasks)) | elapsed: "
            + DurationFormat.joblibShort(elapsed) + " remaining: " + DurationFormat.joblibShort(seconds: remaining)
    }

    /// The last line of a call that did all its tasks.
    package func finished(done: Int, elapsed: Duration) -> String? {
        guard verbose > 0 else { return nil }
        return prefix + "Done \(padded(done)) out of \(padded(done)) | elapsed: "
            + DurationFormat.joblibShort(elapsed) + " finished"
    }

    /// The line when automatic batching changes its mind; from `verbose` 10 on.
    package func batchSizeChanged(tooFast: Bool, batchDuration: Duration, to size: Int) -> String? {
        guard verbose >= 10 else { return nil }
        let seconds = DurationFormat.seconds(batchDuration)
        return prefix + "Batch computation too \(tooFast ? "fast" : "slow") (\(seconds)s.) Setting batch_size=\(size)."
    }

    private func stillDispatching(done: Int, elapsed: Duration) -> String {
        let count =
            if let knownTotal {
                "\(padded(done)) out of \(padded(max(done, knownTotal)))"
            } else {
                // As wide as the form with a total, so that the columns stay where they are when it becomes known.
                "\(padded(done)) tasks " + String(repeating: " ", count: "out of ".count + width - "tasks ".count)
            }
        return prefix + "Done \(count) | elapsed: " + DurationFormat.joblibShort(elapsed)
    }

    /// joblib's `_verbosity_filter`: batches ever further apart, their gaps growing linearly, all of them above 10.
    private func showsWhileDispatching(_ index: Int) -> Bool {
        if verbose > 10 || index <= 0 { return true }
        let distance = Double(11 - verbose)
        let scale = 0.5 * distance * distance
        return Int((Double(index + 1) / scale).squareRoot()) != Int((Double(index) / scale).squareRoot())
    }

    /// joblib's rule once all is dispatched: every so many tasks, `verbose` of them in all, but not just before the end.
    private func showsWhenDispatched(done: Int, of total: Int) -> Bool {
        if done == 0 { return true }
        let frequency = total / verbose + 1
        return done + 1 != total && (total - done + 1 - preDispatched).isMultiple(of: frequency)
    }

    private func padded(_ count: Int) -> String {
        FixedDecimals.pad(String(count), to: width)
    }
}
