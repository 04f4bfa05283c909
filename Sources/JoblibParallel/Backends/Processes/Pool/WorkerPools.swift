internal import JoblibSystem

/// The pools of worker processes, one for each kind of worker: those that all calls share, or those of a `withPool`.
final class WorkerPools: Sendable {
    /// The pools of all calls outside of a `withPool`.
    static let shared = WorkerPools(isShared: true)

    private let isShared: Bool
    private let pools = Lock<[WorkerSettings: WorkerPool]>([:])

    init(isShared: Bool) {
        self.isShared = isShared
    }

    /// - Throws: `SystemError` when there is no memory for a pool.
    func pool(_ settings: WorkerSettings) throws(SystemError) -> WorkerPool {
        if let known = pools.withLock({ $0[settings] }) { return known }
        let made = try WorkerPool(settings, isShared: isShared)
        return pools.withLock { pools in
            if let known = pools[settings] { return known }
            pools[settings] = made
            return made
        }
    }

    func close() {
        for pool in pools.withLock({ Array($0.values) }) { pool.close() }
    }
}
