internal import Synchronization

/// Threads that share one piece of work.
enum ThreadTeam {
    /// Runs a body in the calling thread and in new ones, and waits for all of them.
    ///
    /// - Parameters:
    ///   - count: How many members there are, the calling thread among them. They are fewer when there are no threads to be
    ///     had: the body takes its share from what is left, and leaves nothing to a certain member.
    ///   - name: That of the new threads.
    ///   - body: Is given the member's number: 0 is the calling thread.
    static func run(_ count: Int, name: String, _ body: @escaping @Sendable (_ member: Int) -> Void) {
        if count <= 1 { return body(0) }
        let absent = Absent()
        for member in 1..<count {
            absent.add()
            let error = OSThread.start(name: name) {
                body(member)
                absent.remove()
            }
            if error != 0 {
                absent.remove()
                break
            }
        }
        body(0)
        absent.wait()
    }

    /// Counts the members that have not come back.
    private final class Absent: Sendable {
        private let count = Mutex(0)
        private let monitor = Monitor()

        func add() { count.withLock { $0 += 1 } }

        func remove() {
            monitor.withLock {
                count.withLock { $0 -= 1 }
                monitor.signal()
            }
        }

        func wait() {
            monitor.withLock {
                while count.withLock({ $0 }) > 0 { monitor.wait() }
            }
        }
    }
}
