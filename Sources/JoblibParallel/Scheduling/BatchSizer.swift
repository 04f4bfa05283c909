/// How many tasks go into the next batch, from how long earlier ones ran.
///
/// Handing a batch to a worker costs some microseconds, whatever is in it; a batch that runs for ``target`` makes that
/// negligible. Times are those that the worker measured, so that waiting in a queue does not look like work.
package struct BatchSizer: Sendable {
    /// How long a batch should run.
    package static let target = Duration.milliseconds(1)

    /// The size that does not change, when the caller gave one.
    private let fixed: Int?
    private let jobs: Int
    private let largest: Int
    private var size = 1
    /// Nanoseconds a task, smoothed.
    private var perTask: Double?
    /// The size that was last told to those who show progress.
    private var toldSize = 1

    package init(fixed: Int?, jobs: Int, largest: Int = .max) {
        self.fixed = fixed
        self.jobs = jobs
        self.largest = max(1, largest)
    }

    /// Tasks for the next batch, at least 1.
    ///
    /// - Parameter remaining: How many tasks are left, when known. The last batches get small, so that all workers end together.
    package func next(remaining: Int?) -> Int {
        if let fixed { return min(fixed, largest) }
        guard let remaining else { return size }
        return max(1, min(size, remaining / (4 * jobs)))
    }

    /// Learns from a batch that has ended.
    ///
    /// - Parameters:
    ///   - tasks: How many tasks it ran.
    ///   - runTime: How long the worker was busy with them.
    package mutating func batchEnded(tasks: Int, runTime: Duration) {
        guard fixed == nil, tasks > 0 else { return }
        let target = Double(Self.target.nanoseconds)
        // A clock that did not move still means that the tasks are short.
        let measured = max(0.1, Double(runTime.nanoseconds) / Double(tasks))
        // Tasks that have got slow count at once: a batch of them must not hold the others up.
        if let smoothed = perTask, measured * Double(size) < 2 * target {
            perTask = 0.8 * smoothed + 0.2 * measured
        } else {
            perTask = measured
        }
        let ideal = target / (perTask ?? measured)
        size = max(1, Int(min(ideal, Double(2 * size), Double(min(largest, Self.longest)))))
    }

    /// The size, when it has changed enough since this was last asked to be worth a message: sizes go up and down a little
    /// all the time.
    package mutating func changeToTell() -> Change? {
        guard size >= 2 * toldSize || 2 * size <= toldSize, let perTask else { return nil }
        let duration = Duration.nanoseconds(Int64(perTask * Double(toldSize)))
        let change = Change(tooFast: size > toldSize, batchDuration: duration, size: size)
        toldSize = size
        return change
    }

    /// Batches of the old size ran too short or too long.
    package struct Change: Sendable, Hashable {
        package let tooFast: Bool
        /// How long a batch of the old size takes.
        package let batchDuration: Duration
        package let size: Int
    }

    /// A batch holds its tasks and their results in memory.
    private static let longest = 1 << 16
}
