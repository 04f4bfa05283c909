internal import JoblibSystem

/// Processes that the kernel has killed because there was no memory left.
enum MemoryKills {
    /// How many there were when somebody looked last.
    private static let seen = Lock<Int?>(nil)

    /// Remembers how many there have been; done before workers start.
    static func prepare() {
        seen.withLock { seen in if seen == nil { seen = ControlGroupMemory.killCount } }
    }

    /// Whether there has been one since somebody looked last: then a worker that has just been killed was that one.
    static func hasHappened() -> Bool {
        let now = ControlGroupMemory.killCount
        return seen.withLock { seen in
            defer { seen = now }
            return now > seen ?? now
        }
    }

    static var message: String {
        guard let limit = ControlGroupMemory.limit else { return "killed by the kernel: the machine is out of memory" }
        return "killed by the kernel: out of memory (the control group has \(limit >> 20) MB)"
    }
}
