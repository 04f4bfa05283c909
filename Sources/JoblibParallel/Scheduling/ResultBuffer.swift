internal import DequeModule

/// Results that have come and not been taken, in the order in which they are to be handed out.
struct ResultBuffer<Output: Sendable>: Sendable {
    typealias Element = Result<Output, TaskFailure>

    private let order: ResultOrder
    /// In submission order: the results from position `base` on, `nil` for those still to come. In completion order: all are there.
    private var slots: Deque<Element?> = []
    private var base = 0

    init(order: ResultOrder) {
        self.order = order
    }

    /// Adds the results of neighbouring tasks.
    mutating func store(_ results: [Element], from first: Int) {
        switch order {
        case .completion:
            slots.append(contentsOf: results.lazy.map { $0 })
        case .submission:
            var place = first - base
            if place == slots.count { return slots.append(contentsOf: results.lazy.map { $0 }) }
            while slots.count < place + results.count { slots.append(nil) }
            for result in results {
                slots[place] = result
                place += 1
            }
        }
    }

    /// True when there is a result to hand out.
    var hasReady: Bool { slots.first.map { $0 != nil } == true }

    /// Takes out all results that can be handed out now.
    mutating func takeReady() -> [Element] {
        let ready = slots.prefix { $0 != nil }.compactMap { $0 }
        slots.removeFirst(ready.count)
        base += ready.count
        return ready
    }
}
