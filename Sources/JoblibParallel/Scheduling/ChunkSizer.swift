/// How many tasks one thread takes at a time from those that all threads share.
///
/// Taking costs a contended atomic addition, about 0.1 µs; a chunk of ``target`` makes that negligible and still leaves the
/// threads evenly loaded at the end. Each thread has its own sizer and learns from its own chunks.
struct ChunkSizer {
    /// Nanoseconds that a chunk should run.
    static let target = 10_000.0
    /// Nanoseconds by which one thread may end after the others.
    static let floor = 1_500.0
    /// The marks of a chunk fit into a first-level cache.
    static let largest = 1 << 14

    private let fixed: Int?
    /// How many threads share the tasks; 1 as long as no other has been woken.
    var jobs: Int
    private var size: Int
    /// As many tasks as take about ``floor``: less is not worth the handing out.
    private var least = 1

    /// - Parameters:
    ///   - fixed: The size that the caller asked for.
    ///   - jobs: How many threads share the tasks.
    init(fixed: Int?, jobs: Int) {
        self.fixed = fixed
        self.jobs = jobs
        size = 1
    }

    /// The size of the next chunk, at least 1.
    func next(remaining: Int) -> Int {
        if let fixed { return min(fixed, Self.largest) }
        // A thread alone need not leave anything to others.
        let wanted = jobs == 1 ? size : max(least, min(size, remaining / (4 * jobs)))
        return max(1, min(wanted, remaining))
    }

    /// Learns from a chunk of `count` tasks that took this many nanoseconds.
    mutating func chunkEnded(count: Int, nanoseconds: UInt64) {
        let perTask = max(0.05, Double(nanoseconds) / Double(count))
        // At most eight times as many as in the last chunk: the next tasks may take longer.
        size = max(1, Int(min(Self.target / perTask, Double(8 * count), Double(Self.largest))))
        least = min(size, max(1, Int(min(Self.floor / perTask, Double(Self.largest)))))
    }
}
