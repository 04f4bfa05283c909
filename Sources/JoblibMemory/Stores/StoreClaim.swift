internal import Synchronization

/// The right to compute an entry, until it is released.
public final class StoreClaim: Sendable {
    private let release: Mutex<(@Sendable () -> Void)?>

    /// A claim of a store.
    ///
    /// - Parameter release: Called once, when the claim ends.
    public init(release: @escaping @Sendable () -> Void) {
        self.release = Mutex(release)
    }

    deinit { end() }

    /// Ends the claim; the second time nothing happens.
    public func end() {
        let release = release.withLock { release in
            defer { release = nil }
            return release
        }
        release?()
    }
}
