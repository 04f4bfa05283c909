internal import JoblibSystem

/// Worker processes that outlive a call.
///
/// A call leases workers and gives them back; nobody else sends them anything meanwhile. A pool that is limited, as that of
/// a `withPool`, lets calls wait for each other's workers.
final class WorkerPool: Sendable {
    private struct State {
        /// The one that worked last is at the end: its memory is warm.
        var idle: [(link: WorkerLink, since: UInt64)] = []
        /// Leased and idle ones.
        var count = 0
        /// All that were started and may still know something.
        var links: [ObjectIdentifier: WorkerLink] = [:]
        var limit: Int?
        /// How to tell the calls that wait for a worker, the first come first.
        var waiting: [(run: Int, tell: @Sendable () -> Void)] = []
        /// By call: has it give back the workers that it does not need at this moment.
        var calls: [Int: @Sendable () -> Void] = [:]
        var isClosed = false
        var timer: Timekeeper.Appointment?
        var freeBells: [Int]

        mutating func removed(_ link: WorkerLink) {
            count -= 1
            links[ObjectIdentifier(link)] = nil
        }
    }

    let settings: WorkerSettings
    let segments = SegmentStore()
    let bells: SharedMemory
    private let bellMapping: Mapping
    private let isShared: Bool
    private let state: Lock<State>

    /// - Parameter isShared: False for the pool of a `withPool`, which has no more workers than a call asks for.
    /// - Throws: `SystemError` when there is no memory.
    init(_ settings: WorkerSettings, isShared: Bool) throws(SystemError) {
        self.settings = settings
        self.isShared = isShared
        MemoryKills.prepare()
        bells = try SharedMemory.create(byteCount: 256 * Bell.stride)
        bellMapping = try bells.map(.readWrite)
        state = Lock(State(freeBells: Array((1..<Bell.count(in: bells)).reversed())))
    }

    // MARK: - Bells

    /// A call's bell, and its number.
    typealias NumberedBell = (number: Int, bell: Bell?)

    /// A bell for a call. Calls beyond the number of bells share the first one.
    func takeBell() -> NumberedBell {
        let number = state.withLock { $0.freeBells.popLast() } ?? 0
        return (number, Bell(in: bellMapping, number: number))
    }

    func giveBack(bell number: Int) {
        if number > 0 { state.withLock { $0.freeBells.append(number) } }
    }

    // MARK: - Leases

    /// A call begins that may hold workers.
    ///
    /// - Parameter giveUpIdle: Called when another call finds none.
    func join(_ run: Int, giveUpIdle: @escaping @Sendable () -> Void) {
        state.withLock { $0.calls[run] = giveUpIdle }
    }

    /// The call is over.
    func leave(_ run: Int) {
        state.withLock { state in
            state.calls[run] = nil
            state.waiting.removeAll { $0.run == run }
        }
    }

    enum Lease {
        case worker(WorkerLink)
        /// All are at work; the call is told when one is free.
        case later
    }

    /// A worker for a call.
    ///
    /// - Parameters:
    ///   - bell: Rung when the worker reports something, or ends.
    ///   - tell: Called when a worker has become free, where none is now.
    /// - Throws: `SystemError` when the system refuses another process.
    func lease(
        run: Int,
        jobs: Int,
        bell: NumberedBell,
        tell: @escaping @Sendable () -> Void
    ) throws(SystemError) -> Lease {
        enum Choice {
            case idle(WorkerLink)
            /// One for another number of threads has to go first.
            case replace(WorkerLink)
            case start, wait
        }
        let threads = max(1, ProcessorCache.count / max(1, jobs))
        let choice = state.withLock { state -> Choice in
            if !isShared { state.limit = jobs }
            for entry in state.idle where entry.link.hasEnded { state.removed(entry.link) }
            state.idle.removeAll(where: \.link.hasEnded)
            // Libraries read how many threads to start when a process begins: a worker of a wider call is no good.
            if let place = state.idle.lastIndex(where: { $0.link.threads == threads }) {
                return .idle(state.idle.remove(at: place).link)
            }
            if let limit = state.limit, state.count >= limit, !state.idle.isEmpty {
                let link = state.idle.removeFirst().link
                state.removed(link)
                state.count += 1
                return .replace(link)
            }
            if let limit = state.limit, state.count >= limit {
                if !state.waiting.contains(where: { $0.run == run }) { state.waiting.append((run, tell)) }
                return .wait
            }
            state.count += 1
            return .start
        }
        switch choice {
        case .wait:
            // A call that waits for its reader, or for this one, holds workers that have nothing to do.
            for giveUpIdle in state.withLock({ state in state.calls.filter { $0.key != run }.values.map(\.self) }) {
                giveUpIdle()
            }
            return .later
        case .idle(let link):
            link.lease(to: run, bell)
            return .worker(link)
        case .start, .replace:
            if case .replace(let link) = choice { link.dismiss() }
            do throws(SystemError) {
                let link = try WorkerLink.start(
                    settings,
                    bells: bells,
                    threads: threads
                )
                state.withLock { $0.links[ObjectIdentifier(link)] = link }
                link.lease(to: run, bell)
                return .worker(link)
            } catch {
                state.withLock { $0.count -= 1 }
                tellWaiters()
                throw error
            }
        }
    }

    /// True when another call waits for a worker.
    func isWanted(byOthersThan run: Int) -> Bool {
        state.withLock { state in state.waiting.contains { $0.run != run } }
    }

    /// A worker is free again.
    func giveBack(_ link: WorkerLink) {
        link.release()
        let isDismissed = state.withLock { state in
            if state.isClosed || link.hasEnded || state.limit.map({ state.count > $0 }) == true {
                state.removed(link)
                return true
            }
            state.idle.append((link, MonotonicClock.now))
            return false
        }
        if isDismissed { link.dismiss() } else { endIdleLater() }
        tellWaiters()
    }

    /// A worker has ended, or is not to be used again.
    func forget(_ link: WorkerLink) {
        link.release()
        state.withLock { $0.removed(link) }
        tellWaiters()
    }

    /// All of them: the first may have no use for a worker any more, and those who come too late wait again.
    private func tellWaiters() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            return state.waiting
        }
        for call in waiting { call.tell() }
    }

    /// Tells the workers that segments are gone, whoever has them at this moment.
    func drop(_ segments: [UInt64]) {
        if segments.isEmpty { return }
        for link in state.withLock({ Array($0.links.values) }) { link.drop(segments) }
    }

    // MARK: - Its end

    /// Ends the idle workers now and the others when they are given back.
    func close() {
        let (idle, timer) = state.withLock { state in
            state.isClosed = true
            for entry in state.idle { state.removed(entry.link) }
            defer { (state.idle, state.timer) = ([], nil) }
            return (state.idle, state.timer)
        }
        if let timer { Timekeeper.shared.cancel(timer) }
        for entry in idle { entry.link.dismiss() }
    }

    /// How many workers there are, and how many of them wait for work.
    var counts: (all: Int, idle: Int) { state.withLock { ($0.count, $0.idle.count) } }

    /// The process numbers of the idle workers.
    var idleProcesses: [Int32] { state.withLock { $0.idle.map(\.link.child.identifier) } }

    private func endIdleLater() {
        state.withLock { state in
            guard state.timer == nil, let first = state.idle.first, settings.idleTime < .max else { return }
            let due = first.since &+ settings.idleTime
            state.timer = Timekeeper.shared.schedule(at: due) { [weak self] in self?.endIdle() }
        }
    }

    private func endIdle() {
        let ended = state.withLock { state in
            state.timer = nil
            let now = MonotonicClock.now
            let ended = state.idle.prefix { now &- $0.since >= settings.idleTime }
            state.idle.removeFirst(ended.count)
            for entry in ended { state.removed(entry.link) }
            return ended.map(\.link)
        }
        for link in ended { link.dismiss() }
        endIdleLater()
    }
}
