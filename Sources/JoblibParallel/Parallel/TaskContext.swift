/// Where the running task is: its position, its worker, its attempt.
///
/// ```swift
/// let samples = try Parallel(jobs: 4, seed: 42).map(0..<1000) { _ in
///     Double.random(in: 0..<1, using: &TaskContext.current.random)   // the same numbers whatever `jobs` is
/// }
/// ```
///
/// A context may be kept after its task; it goes on describing that task.
public struct TaskContext: Sendable {
    /// The task's position in the input, from 0.
    public let index: Int
    /// Which of the call's workers runs the task: `0..<jobs`. No two tasks that run at once share a worker, so that it can
    /// choose a GPU, a port or a scratch file.
    public let workerIndex: Int
    /// 1 for the first attempt, 2 for the first retry.
    public let attempt: Int
    private let frame: TaskFrame?

    /// The context of the task that asks.
    ///
    /// Outside of a task: index 0, worker 0, attempt 1, and a generator that differs in every run.
    public static var current: TaskContext {
        guard let frame = TaskFrame.onThisThread ?? TaskFrame.ofThisTask else {
            return TaskContext(index: 0, workerIndex: 0, attempt: 1, frame: nil)
        }
        return TaskContext(index: frame.index, workerIndex: frame.worker, attempt: frame.attempt, frame: frame)
    }

    /// True inside a task of a parallel call.
    public static var isInsideTask: Bool {
        TaskFrame.onThisThread != nil || TaskFrame.ofThisTask != nil
    }

    /// True when the result is not wanted any more: another task failed, the task's time is over, the call was cancelled.
    ///
    /// A thread can't be stopped from outside. A long task that looks at this from time to time and throws gives its thread
    /// back early.
    public var isCancelled: Bool {
        frame?.isCancelled == true || Task.isCancelled
    }

    /// The task's random numbers, derived from the call's seed and the task's index alone.
    ///
    /// Drawing from it moves it on: `Int.random(in: 1...6, using: &TaskContext.current.random)`.
    public var random: TaskRandom {
        get { frame?.random(of: index) ?? TaskRandom(seed: .random(in: .min ... .max), taskIndex: index) }
        nonmutating set { frame?.setRandom(newValue, of: index) }
    }
}
