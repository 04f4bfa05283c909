/// `--memfree`: when nothing may be started, and which task gives its memory back.
struct MemoryWatch {
    /// Between two looks.
    static let interval: UInt64 = 500_000_000

    /// Less than this is too little to start anything, and less than half of it too little for what runs.
    let least: Int
    /// When somebody may be stopped again: what one gives back is seen by then.
    private(set) var nextLook: UInt64 = 0

    init(least: Int) {
        self.least = least
    }

    func allowsStart(available: Int) -> Bool { available >= least }

    /// Looks at what is left.
    ///
    /// - Parameters:
    ///   - running: Why each of those that run is being stopped, nil where it is not; in the order of their starts.
    /// - Returns: The place of the one that is to be stopped.
    mutating func look(now: UInt64, available: Int, running: [MapJob.Stop?]) -> Int? {
        nextLook = now &+ Self.interval
        // One after the other: who is being stopped has not given its memory back yet.
        guard available < least / 2, !running.contains(.memory) else { return nil }
        let staying = running.indices.filter { running[$0] == nil }
        // The youngest has done least. The oldest goes on, so that there is an end.
        return staying.count > 1 ? staying.last : nil
    }
}
