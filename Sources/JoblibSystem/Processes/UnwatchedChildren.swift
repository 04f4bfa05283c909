internal import Synchronization

/// Children whose owner has let go of them before they ended.
enum UnwatchedChildren {
    /// Those that could not even be watched; looked at whenever a child is started.
    private static let waiting = Mutex<[Int32]>([])

    /// Waits for a child when it ends.
    static func adopt(_ process: Int32, ending: SharedDescriptor) {
        if ProcessEnding.wait(for: process, block: false, keep: false) != nil { return }
        guard let thread = try? ServiceThread.shared() else {
            return waiting.withLock { $0.append(process) }
        }
        thread.watchForGood(ending, .readable) {
            _ = ProcessEnding.wait(for: process, block: false, keep: false)
        }
    }

    /// Waits for those that have ended meanwhile.
    static func reap() {
        waiting.withLock { waiting in
            waiting.removeAll { ProcessEnding.wait(for: $0, block: false, keep: false) != nil }
        }
    }
}
