internal import JoblibSystem
internal import Synchronization

/// Calls back at a given time. One thread serves the whole process, and ends when nothing is left to wait for.
final class Timekeeper: Sendable {
    /// What ``schedule(at:_:)`` gives out, to call it off.
    struct Appointment: Sendable, Hashable {
        let due: UInt64
        fileprivate let id: Int
    }

    static let shared = Timekeeper()

    private struct Entry {
        let id: Int
        let due: UInt64
        let action: @Sendable () -> Void
    }

    private struct State {
        /// By time, the earliest last.
        var entries: [Entry] = []
        var lastID = 0
        var isRunning = false

        /// Where the first entry stands that is due at `time` or earlier.
        func firstPlace(notAfter time: UInt64) -> Int {
            var (place, end) = (0, entries.count)
            while place < end {
                let middle = (place + end) / 2
                if entries[middle].due <= time { end = middle } else { place = middle + 1 }
            }
            return place
        }
    }

    private let pool: ThreadPool
    private let monitor = Monitor()
    private let state = Mutex(State())

    init(pool: ThreadPool = .shared) {
        self.pool = pool
    }

    /// How many appointments there are.
    var count: Int { state.withLock { $0.entries.count } }

    /// Calls `action` once, on the timekeeper's thread, when `due` has come; it must not block.
    @discardableResult
    func schedule(at due: UInt64, _ action: @escaping @Sendable () -> Void) -> Appointment {
        let (id, mustStart, isEarliest) = state.withLock { state in
            state.lastID += 1
            let place = state.firstPlace(notAfter: due)
            state.entries.insert(Entry(id: state.lastID, due: due, action: action), at: place)
            defer { state.isRunning = true }
            return (state.lastID, !state.isRunning, place == state.entries.count - 1)
        }
        if mustStart {
            if !pool.run({ self.loop() }) { Task.detached { self.loop() } }
        } else if isEarliest {
            monitor.withLock { monitor.signal() }
        }
        return Appointment(due: due, id: id)
    }

    /// Forgets an appointment that has not come; no harm when it has.
    ///
    /// Without it, each short call with a long timeout would leave an entry and a waiting thread behind.
    func cancel(_ appointment: Appointment) {
        let (cancelled, isLast) = state.withLock { state -> (Entry?, Bool) in
            var place = state.firstPlace(notAfter: appointment.due)
            while place < state.entries.count, state.entries[place].due == appointment.due {
                if state.entries[place].id == appointment.id {
                    return (state.entries.remove(at: place), state.entries.isEmpty)
                }
                place += 1
            }
            return (nil, false)
        }
        // What it holds is released outside of the lock.
        withExtendedLifetime(cancelled) {
            if isLast { monitor.withLock { monitor.signal() } }
        }
    }

    private func loop() {
        while true {
            let (entry, mustWait) = state.withLock { state -> (Entry?, Bool) in
                guard let last = state.entries.last else {
                    state.isRunning = false
                    return (nil, false)
                }
                if last.due <= MonotonicClock.now { return (state.entries.removeLast(), false) }
                return (nil, true)
            }
            if let entry {
                entry.action()
            } else if mustWait {
                monitor.withLock {
                    // An earlier entry may have come since, or the last have gone: a signal for what is not seen here is
                    // still to come, as it is given under this lock.
                    if let earliest = state.withLock({ $0.entries.last?.due }) {
                        _ = monitor.wait(until: earliest)
                    }
                }
            } else {
                return
            }
        }
    }
}
