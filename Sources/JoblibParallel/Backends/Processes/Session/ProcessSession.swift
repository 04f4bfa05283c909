internal import DequeModule
internal import JoblibSystem
internal import Synchronization

/// Runs the batches of one call in worker processes.
///
/// Whoever submits a batch encodes it and puts it into a worker's ring. Reports are handled by the caller while it waits,
/// or by a thread where the caller is suspended. Nothing that may call back into the scheduler happens with a lock held.
final class ProcessSession: ArrivalSource {
    struct State {
        var queue: Deque<TaskBatch> = []
        /// By worker number.
        var seats: [Seat?]
        /// Those of the seats, for whoever looks at all of them.
        var links: [WorkerLink?]
        var isStopped = false
        /// Ctrl-C is to end the call.
        var isInterrupted = false
        /// How long a batch takes, smoothed, in nanoseconds.
        var batchTime: Double?
        var losses = Losses()
        /// A thread fetches what arrives, whatever the caller does.
        var isWatched = false
        /// The caller waits for arrivals.
        var isWaiting = false
        /// Somebody hands out batches at this moment, and will look again.
        var isHandingOut = false
        var mustLookAgain = false
        /// No further worker is to be had for now.
        var mustMakeDo = false
        /// What ``ProcessSession/changes`` was when arrivals were last looked for.
        var changesSeen = 0
        /// What the last waits were like: how often to look before sleeping.
        var spins = 500
    }

    /// Workers in a row that ended without having begun a batch.
    struct Losses {
        var all = 0
        /// Those that were not ready for the call.
        var early = 0
    }

    enum SharedValue {
        case unknown
        case known(Payload?, [Segment])
        /// The call is.
        case over
    }

    let capacity: Int
    let run: Int
    let request: SessionRequest
    let description: RemoteRunDescription
    let pool: WorkerPool
    /// The transport, looked at once.
    let format: WireFormat
    let bellNumber: Int
    let bell: Bell?
    let state: Lock<State>
    /// What all tasks share, once it has been encoded.
    let sharedValue = Lock(SharedValue.unknown)
    /// Counts the workers that were taken or could be: who waits has to look at other rings than before.
    let changes = Atomic(0)
    private let interruption = Lock<InterruptWatch?>(nil)

    private static let lastRun = Atomic(0)

    init(_ request: SessionRequest, _ description: RemoteRunDescription, _ pool: WorkerPool) {
        self.request = request
        self.description = description
        self.pool = pool
        format = WireFormat(description.transport)
        capacity = request.jobs
        run = Self.lastRun.wrappingAdd(1, ordering: .relaxed).newValue
        (bellNumber, bell) = pool.takeBell()
        let nobody = State(seats: Array(repeating: nil, count: capacity), links: Array(repeating: nil, count: capacity))
        state = Lock(nobody)
        RetiredArrays.sweep()
        pool.join(run) { [weak self] in self?.giveUpIdle() }
        if request.callerIsAsynchronous {
            state.withLock { $0.isWatched = true }
            deliverFromThread()
        }
    }

    deinit {
        pool.giveBack(bell: bellNumber)
    }

    // MARK: - The scheduler's side

    func submit(_ batch: TaskBatch) {
        let isInterrupted = state.withLock { state in
            if !state.isStopped { state.queue.append(batch) }
            return state.isInterrupted
        }
        if isInterrupted { batch.fail(.interrupted) } else { handOut() }
    }

    /// Lets Ctrl-C end this call instead of the program.
    ///
    /// - Throws: `SystemError` when there is no descriptor or no thread left.
    func watchInterrupts() throws(SystemError) {
        let watch = try InterruptWatch { [weak self] in self?.interrupted() }
        interruption.withLock { $0 = watch }
    }

    private func interrupted() {
        let batch = state.withLock { state in
            state.isInterrupted = true
            return state.queue.first ?? state.seats.lazy.compactMap { $0?.orders.first?.batch }.first
        }
        batch?.fail(.interrupted)
    }

    func abandon(_ batch: TaskBatch) {
        let seat = state.withLock { state -> Seat? in
            guard let number = state.seatNumber(of: batch), let seat = state.seats[number] else { return nil }
            state.vacate(number)
            state.requeue(seat.orders.map(\.batch).filter { $0.id != batch.id })
            return seat
        }
        guard let seat else { return }
        end(seat)
        handOut()
    }

    func stop() {
        let seats = state.withLock { state -> [Seat] in
            if state.isStopped { return [] }
            state.isStopped = true
            state.queue = []
            defer { for number in state.seats.indices { state.vacate(number) } }
            return state.seats.compactMap(\.self)
        }
        pool.leave(run)
        interruption.withLock { $0.take() }?.end()
        for seat in seats {
            if seat.orders.isEmpty, !seat.isRetiring { giveBack(seat.link) } else { end(seat) }
        }
        let shared = sharedValue.withLock { value -> [Segment] in
            defer { value = .over }
            if case .known(_, let segments) = value { return segments }
            return []
        }
        released(shared.map(\.number))
        pool.drop(pool.segments.runEnded(run, keeps: request.remoteRun.keepsWorkers))
        bell?.ring()
    }

    func wakeUp() { bell?.ring() }

    func noteChange() {
        changes.wrappingAdd(1, ordering: .acquiringAndReleasing)
    }

    /// The pool has a worker for whoever comes first.
    func workerIsFree() {
        noteChange()
        bell?.ring()
    }

    // MARK: - Seats

    /// Ends a worker that has something in hand which nobody wants any more.
    private func end(_ seat: Seat) {
        if seat.orders.isEmpty { seat.link.dismiss() } else { seat.link.kill() }
        pool.forget(seat.link)
        released(seat.orders.flatMap(\.segments))
    }

    private func giveBack(_ link: WorkerLink) {
        link.close(run: run)
        pool.giveBack(link)
    }

    /// Batches that used these segments have ended.
    func released(_ segments: [UInt64]) {
        pool.drop(pool.segments.release(segments))
    }

    /// Gives back the workers that have nothing in hand, for another call that waits for one.
    private func giveUpIdle() {
        // That call may have been made by this one's caller, from its input: who else would see that workers are done?
        let isAlone = state.withLock { state in
            if state.isStopped || state.isWatched || state.isWaiting { return false }
            state.isWatched = true
            return true
        }
        if isAlone { deliverFromThread() }
        for number in 0..<capacity { settle(number) }
    }

    /// What to do with a worker that has nothing in hand: another call may need it, or it has done its share.
    func settle(_ number: Int) {
        let isWanted = pool.isWanted(byOthersThan: run)
        let seat = state.withLock { state -> Seat? in
            guard let seat = state.seats[number], seat.orders.isEmpty, !seat.isReserved, seat.isRetiring || isWanted
            else { return nil }
            state.vacate(number)
            return seat
        }
        guard let seat else { return }
        if seat.isRetiring { retire(seat.link) } else { giveBack(seat.link) }
    }

    /// Ends a worker that has nothing in hand.
    func retire(_ link: WorkerLink) {
        link.dismiss()
        pool.forget(link)
    }

    // MARK: - Waiting

    /// For a caller that is suspended, or busy elsewhere: a thread fetches what arrives.
    private func deliverFromThread() {
        let loop: @Sendable () -> Void = {
            while !self.state.withLock({ $0.isStopped }) {
                if !self.takeArrivals() { self.waitForArrivals { self.state.withLock { $0.isStopped } } }
            }
        }
        if !request.pool.run(loop) { Task.detached { loop() } }
    }

    func waitForArrivals(or isSignalled: () -> Bool) {
        guard let bell else { return }
        let (links, seen, spins, deadline) = state.withLock { state in
            state.isWaiting = true
            return (state.links, state.changesSeen, state.spins, state.mustLookWithoutNews ? Self.patience : nil)
        }
        let wasShort = bell.sleep(
            spins: spins,
            until: deadline.map { MonotonicClock.now &+ $0 } ?? Poll.forever
        ) {
            // A bell that rang before this thread slept on it is not heard: what it rang for has to be seen here.
            isSignalled() || changes.load(ordering: .acquiring) != seen
                || links.contains { $0.map { $0.channel.reader.hasArrivals || $0.hasEnded } ?? false }
        }
        state.withLock { state in
            state.isWaiting = false
            // Looking pays when the wait is shorter than a wake-up; where it did not pay, the processor is better used.
            state.spins = wasShort ? min(2 * state.spins + 16, 2000) : max(state.spins / 2, 0)
        }
        if deadline != nil { handOut() }
    }

    /// How long a worker may hold an order that another, idle one could begin, in nanoseconds.
    static let patience: UInt64 = 300_000
}

extension ProcessSession.State {
    mutating func occupy(_ number: Int, _ link: WorkerLink) {
        seats[number] = Seat(link)
        links[number] = link
    }

    mutating func vacate(_ number: Int) {
        seats[number] = nil
        links[number] = nil
    }

    func seatNumber(of batch: TaskBatch) -> Int? {
        seats.firstIndex { $0?.orders.contains { $0.batch.id == batch.id } == true }
    }

    mutating func requeue(_ batches: [TaskBatch]) {
        if isStopped { return }
        queue.insert(contentsOf: batches, at: 0)
    }

    /// Something may become possible of which nobody tells: an idle worker has had no room, or could take over what another
    /// has not begun; or a worker was given away before it was asked for again.
    var mustLookWithoutNews: Bool {
        if queue.isEmpty { return mayHaveToTakeBack }
        return seats.contains { $0.map { $0.orders.isEmpty && !$0.isRetiring && !$0.isReserved } ?? !mustMakeDo }
    }

    /// A worker is idle while another has more than it can do at once.
    var mayHaveToTakeBack: Bool {
        queue.isEmpty && seats.contains { $0.map { $0.orders.isEmpty } ?? false }
            && seats.contains { ($0?.orders.count ?? 0) > 1 }
    }
}
