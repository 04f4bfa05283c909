/// The random numbers of one task: the same on any backend, with any number of jobs and any batching.
///
/// A task has its generator from `TaskContext.current.random`. It depends on the `seed` of the `Parallel` and on the
/// task's position in the input, and on nothing else: an attempt after a failure sees the same numbers again, and the
/// streams of two tasks never meet. Making one by hand repeats what a task saw:
///
/// ```swift
/// var random = TaskRandom(seed: 42, taskIndex: 7)
/// let point = (Double.random(in: 0..<1, using: &random), Double.random(in: 0..<1, using: &random))
/// ```
///
/// The generator is Philox4x64-10 (Salmon et al. 2011) with a period of 2⁶⁶ numbers for each task. ``next()`` gives what
/// NumPy gives with `numpy.random.Philox(key=seed, counter=taskIndex << 128).random_raw()`. It is for simulation
/// and sampling; it is not for secrets.
public struct TaskRandom: RandomNumberGenerator, Sendable, Hashable {
    private let seed: UInt64
    private let stream: UInt64
    private var blocks: UInt64 = 0
    private var words: SIMD4<UInt64> = .zero
    private var used: UInt8 = 4

    /// Makes the generator of one task.
    ///
    /// - Parameters:
    ///   - seed: The `seed` of the `Parallel`.
    ///   - taskIndex: The task's position in the input, from 0.
    public init(seed: UInt64, taskIndex: Int) {
        self.seed = seed
        stream = UInt64(truncatingIfNeeded: taskIndex)
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        if used == 4 {
            // NumPy counts up before it computes a block: the first has the number 1.
            blocks &+= 1
            words = Philox.block(counter: SIMD4(blocks, 0, stream, 0), key: SIMD2(seed, 0))
            used = 0
        }
        let word = words[Int(used)]
        used += 1
        return word
    }
}
