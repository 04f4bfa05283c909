internal import JoblibSystem
internal import Synchronization

/// Calls back at a given time. One thread serves the whole process, and ends when nothing is left to wait for.
final class Timekeeper: Sendable {
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
    }

    private let monitor = Monitor()
    private let state = Mutex(State())

    /// Calls `action` once, on the timekeeper's thread, when `due` has come; it must not block.
    func schedule(at due: UInt64, _ action: @escaping @Sendable () -> Void) {
        let mustStart = state.withLock { state in
            state.lastID += 1
            let place = state.entries.firstIndex { $0.due <= due } ?? state.entries.endIndex
            state.entries.insert(Entry(id: state.lastID, due: due, action: action), at: place)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustStart {
            if !ThreadPool.shared.run({ self.loop() }) { Task.detached { self.loop() } }
        } else {
            monitor.withLock { monitor.signal() }
        }
    }

    private func loop() {
        while true {
            let (entry, next) = state.withLock { state -> (Entry?, UInt64?) in
                guard let last = state.entries.last else {
                    state.isRunning = false
                    return (nil, nil)
                }
                if last.due <= MonotonicClock.now { return (state.entries.removeLast(), nil) }
                return (nil, last.due)
            }
            if let entry {
                entry.action()
            } else if let next {
                monitor.withLock {
                    // An earlier entry may have come since; its signal was given under the same lock or is still to come.
                    let earliest = state.withLock { $0.entries.last?.due } ?? next
                    _ = monitor.wait(until: min(next, earliest))
                }
            } else {
                return
            }
        }
    }
}
