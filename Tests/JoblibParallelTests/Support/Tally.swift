import Foundation
import JoblibSystem
import Synchronization

/// What a test waited for did not come in time.
struct DeadlinePassed: Error, CustomStringConvertible {
    let awaited: String
    let seen: Int

    var description: String { "waited \(Tally.patience) for \(awaited), saw \(seen)" }
}

/// Counts events on any thread, and lets a thread or a task wait for a number of them.
final class Tally: Sendable {
    /// Only a test that is about to fail waits this long.
    static let patience = Duration.seconds(240)

    private let monitor = Monitor()
    private let count = Atomic(0)

    /// Counts one more, and returns how many there are now.
    @discardableResult
    func add() -> Int {
        let value = count.wrappingAdd(1, ordering: .acquiringAndReleasing).newValue
        monitor.withLock { monitor.broadcast() }
        return value
    }

    var value: Int { count.load(ordering: .acquiring) }

    /// Blocks the thread until there are `number` events.
    func wait(for number: Int, _ awaited: String) throws {
        let deadline = MonotonicClock.now + UInt64(Self.patience / .nanoseconds(1))
        try monitor.withLock {
            while value < number {
                if !monitor.wait(until: deadline), value < number {
                    throw DeadlinePassed(awaited: awaited, seen: value)
                }
            }
        }
    }

    /// Suspends the task until there are `number` events.
    func reached(_ number: Int, _ awaited: String) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            Thread.detachNewThread {
                continuation.resume(with: Result { try self.wait(for: number, awaited) })
            }
        }
    }
}

/// Closed until it is opened once.
final class Gate: Sendable {
    private let tally = Tally()

    func open() { tally.add() }

    var isOpen: Bool { tally.value > 0 }

    /// Blocks the thread until the gate is open.
    func wait(_ awaited: String = "a gate to open") throws { try tally.wait(for: 1, awaited) }

    /// Suspends the task until the gate is open.
    func passed(_ awaited: String = "a gate to open") async throws { try await tally.reached(1, awaited) }
}
