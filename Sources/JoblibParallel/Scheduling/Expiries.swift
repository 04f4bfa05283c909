internal import DequeModule

/// The deadlines of the tasks that run. All have the same time, so that the first to start is the first to expire.
struct Expiries: Sendable {
    private let timeout: UInt64?
    private var queue: Deque<(deadline: UInt64, id: Int)> = []
    private var live: Set<Int> = []

    init(timeout: Duration?) {
        self.timeout = timeout.map { UInt64(clamping: $0.nanoseconds) }
    }

    /// A batch begins; returns when it will have to be looked at.
    mutating func started(_ id: Int, at now: UInt64) -> UInt64? {
        guard let timeout else { return nil }
        let deadline = now.addingReportingOverflow(timeout)
        if deadline.overflow { return nil }
        queue.append((deadline.partialValue, id))
        live.insert(id)
        return deadline.partialValue
    }

    mutating func ended(_ id: Int) {
        guard timeout != nil, live.remove(id) != nil else { return }
        // Those that ended behind one that still runs go with it.
        while let first = queue.first, !live.contains(first.id) { queue.removeFirst() }
    }

    /// Takes out the batches whose time is over.
    mutating func expired(now: UInt64) -> [Int] {
        var ids: [Int] = []
        while let first = queue.first, first.deadline <= now || !live.contains(first.id) {
            queue.removeFirst()
            if live.remove(first.id) != nil { ids.append(first.id) }
        }
        return ids
    }

    /// A batch that had begun later than was thought is to be looked at again.
    mutating func postpone(_ id: Int, to deadline: UInt64) {
        var place = queue.endIndex
        while place > queue.startIndex, queue[place - 1].deadline > deadline { place -= 1 }
        queue.insert((deadline, id), at: place)
        live.insert(id)
    }

    /// The next deadline.
    var next: UInt64? { queue.first?.deadline }
}
