internal import DequeModule
internal import JoblibSystem

/// A worker's place in a call: its number there, and what it has been given.
struct Seat {
    struct Order {
        let number: UInt64
        let batch: TaskBatch
        /// Shared memory that the order names.
        let segments: [UInt64]
        /// What has come of it so far.
        var parts: [BatchReport] = []
    }

    let link: WorkerLink
    /// In the order in which they were given.
    var orders: Deque<Order> = []
    /// It is not given anything more: it has done its share, or is too large.
    var isRetiring = false

    init(_ link: WorkerLink) {
        self.link = link
    }
}
