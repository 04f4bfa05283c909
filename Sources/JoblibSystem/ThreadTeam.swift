internal import Synchronization

/// Threads that share one piece of work.
enum ThreadTeam {
    /// Runs a body in the calling thread and in new ones, and waits for all of them.
    ///
    /// What the body holds is not held by the threads any more when this is back: a mapping, say, that must be gone before
    /// its memory is frozen.
    ///
    /// - Parameters:
    ///   - count: How many members there are, the calling thread among them. They are fewer when there are no threads to be
    ///     had: the body takes its share from what is left, and leaves nothing to a certain member.
    ///   - name: That of the new threads.
    ///   - body: Is given the member's number: 0 is the calling thread.
    static func run(_ count: Int, name: String, _ body: @escaping @Sendable (_ member: Int) -> Void) {
        if count <= 1 { return body(0) }
        let team = Team(body)
        for member in 1..<count {
            team.add()
            let error = OSThread.start(name: name) {
                team.run(member)
                team.remove()
            }
            if error != 0 {
                team.remove()
                break
            }
        }
        body(0)
        team.wait()
    }

    /// The body, and how many members have not come back.
    private final class Team: Sendable {
        private let count = Mutex(0)
        private let monitor = Monitor()
        // The threads hold the team, not the body: they are still ending when all of them are back.
        private let body: Mutex<(@Sendable (Int) -> Void)?>

        init(_ body: @escaping @Sendable (Int) -> Void) { self.body = Mutex(body) }

        func add() { count.withLock { $0 += 1 } }

        // Not inlined, so that its reference to the body is gone at its end.
        @inline(never)
        func run(_ member: Int) {
            let body = body.withLock { $0 }
            body?(member)
        }

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
            body.withLock { $0 = nil }
        }
    }
}
