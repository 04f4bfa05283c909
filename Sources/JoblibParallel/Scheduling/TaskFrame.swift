internal import JoblibSystem

/// Where one worker is in its tasks: what ``TaskContext`` reads.
///
/// Only the thread that runs the tasks writes `base` and `done`, and between two tasks of its own; a context that outlives
/// its task has copied what it needs.
@safe
final class TaskFrame: Sendable {
    let scope: RunScope
    let worker: Int
    let attempt: Int
    /// Raised when this frame's tasks alone are to stop, as after a timeout.
    let signal: StopSignal?
    /// The moment by which the running task should end, on the monotonic clock; 0 without a timeout.
    // Written and read by the thread that runs the tasks.
    nonisolated(unsafe) var deadline: UInt64 = 0
    /// The input position of the first task of the chunk.
    // Written and read by the thread that runs the tasks.
    nonisolated(unsafe) var base = 0
    /// One byte for each task of the chunk, set when the task has ended: how a loop that the compiler turns into vector
    /// instructions can still tell a task its position. `nil` when `base` is the position.
    // The buffer belongs to the thread that runs the tasks.
    nonisolated(unsafe) var marks: UnsafeMutablePointer<UInt8>?
    private let generators = Lock(Generators())

    private struct Generators {
        var index = -1
        var generator: TaskRandom?
    }

    init(scope: RunScope, worker: Int, attempt: Int = 1, signal: StopSignal? = nil) {
        self.scope = scope
        self.worker = worker
        self.attempt = attempt
        self.signal = signal
    }

    /// The position of the task that runs now.
    var index: Int {
        guard let marks = unsafe marks else { return unsafe base }
        var ended = 0
        while unsafe marks[ended] != 0 { ended += 1 }
        return unsafe base + ended
    }

    var isCancelled: Bool {
        scope.isStopped || signal?.isRaised == true || isOverdue
    }

    private var isOverdue: Bool { unsafe deadline != 0 && MonotonicClock.now >= deadline }

    /// The generator of the task at `index`, as far as it has been used.
    func random(of index: Int) -> TaskRandom {
        generators.withLock { state in
            if state.index == index, let generator = state.generator { return generator }
            return TaskRandom(seed: scope.seed, taskIndex: index)
        }
    }

    func setRandom(_ generator: TaskRandom, of index: Int) {
        generators.withLock { state in
            state.index = index
            state.generator = generator
        }
    }

    // MARK: - Finding the frame

    /// The frame of the synchronous tasks that run on this thread.
    static var onThisThread: TaskFrame? {
        guard let pointer = unsafe ThreadSlot.value else { return nil }
        // Whoever set the slot keeps the frame alive until it is set back (`withFrame`).
        return unsafe Unmanaged<TaskFrame>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// The frame of the asynchronous task that runs here.
    @TaskLocal static var ofThisTask: TaskFrame?

    /// Runs `body` with this frame as the thread's.
    func onThread<R>(_ body: () throws -> R) rethrows -> R {
        let previous = unsafe ThreadSlot.value
        // `withExtendedLifetime` keeps the frame alive while the slot points to it.
        unsafe ThreadSlot.value = Unmanaged.passUnretained(self).toOpaque()
        defer { unsafe ThreadSlot.value = previous }
        return try withExtendedLifetime(self, body)
    }
}
