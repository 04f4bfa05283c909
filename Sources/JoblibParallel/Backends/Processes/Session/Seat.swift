internal import DequeModule
internal import JoblibSystem

/// A worker's place in a call: its number there, and what it has been given.
struct Seat {
    struct Order {
        let number: UInt64
        let batch: TaskBatch
        /// Shared memory that the order names.
        let segments: [UInt64]
        /// On the monotonic clock.
        let given = MonotonicClock.now
        /// What has come of it so far.
        var parts: [BatchReport] = []
    }

    let link: WorkerLink
    /// In the order in which they were given.
    var orders: Deque<Order> = []
    /// It is not given anything more: it has done its share, or is too large.
    var isRetiring = false
    /// A batch for it is being encoded.
    var isReserved = false
    /// The number of the order that it was given last.
    var lastOrder: UInt64 = 0

    /// True when the board has no room for one more order beside those that it has: the oldest may not have begun.
    var isFull: Bool {
        orders.first.map { lastOrder &- $0.number &+ 1 >= UInt64(WorkerBoard.claimCount) } ?? false
    }

    init(_ link: WorkerLink) {
        self.link = link
    }
}
