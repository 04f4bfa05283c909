import Foundation
import JoblibParallel
import JoblibSystem
import Synchronization

/// Where threads wait until a test opens it.
final class Turnstile: Sendable {
    private let monitor = Monitor()
    private let isOpen = Lock(false)
    private let waiters = Atomic(0)

    func wait() {
        waiters.wrappingAdd(1, ordering: .relaxed)
        monitor.withLock {
            while !isOpen.withLock({ $0 }) { monitor.wait() }
        }
    }

    func open() {
        monitor.withLock {
            isOpen.withLock { $0 = true }
            monitor.broadcast()
        }
    }

    /// How many have come to the gate.
    var arrived: Int { waiters.load(ordering: .relaxed) }

    /// Gives the processor away until `condition` holds; a test that waits in vain is ended by its time limit.
    static func until(_ condition: () -> Bool) {
        while !condition() { sched_yield() }
    }
}
