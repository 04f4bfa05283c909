internal import DequeModule
internal import JoblibCoding
internal import JoblibSystem
internal import Synchronization

// From the queue to the workers' rings.
extension ProcessSession {
    private enum Step {
        /// A batch for a worker.
        case give(TaskBatch, number: Int, WorkerLink)
        /// A worker is needed for the seat.
        case lease(Int)
        /// A worker has done its share.
        case retire(WorkerLink)
        /// An order that another worker has not begun could be had by this one.
        case takeBack(from: Int)
        case none
    }

    /// Gives out what can be given out now. Threads that come meanwhile leave it to the one that is at it.
    func handOut() {
        let isMine = state.withLock { state in
            state.mustLookAgain = true
            if state.isHandingOut { return false }
            state.isHandingOut = true
            return true
        }
        guard isMine else { return }
        while mayHandOut() {
            var canGoOn = true
            while canGoOn {
                switch nextStep() {
                case .give(let batch, let number, let link): canGoOn = give(batch, number, link)
                case .lease(let number): canGoOn = takeSeat(number)
                case .retire(let link): retire(link)
                case .takeBack(let number): canGoOn = takeBack(from: number)
                case .none: canGoOn = false
                }
            }
        }
    }

    private func mayHandOut() -> Bool {
        state.withLock { state in
            state.isHandingOut = state.mustLookAgain
            state.mustLookAgain = false
            return state.isHandingOut
        }
    }

    private func nextStep() -> Step {
        state.withLock { state in
            if state.isStopped { return .none }
            guard !state.queue.isEmpty else {
                let now = MonotonicClock.now
                guard state.mayHaveToTakeBack else { return .none }
                let late = state.seats.indices.filter { number in
                    guard let seat = state.seats[number], seat.orders.count > 1 else { return false }
                    return seat.link.board.phase != .idle && now &- seat.link.board.started > Self.patience
                }
                return late.max { state.orderCount($0) < state.orderCount($1) }.map { .takeBack(from: $0) } ?? .none
            }
            if let done = vacateOneDone(&state) { return .retire(done) }
            let (least, free) = state.leastBusy
            if let least, state.orderCount(least) == 0 { return give(to: least, &state) }
            if !state.mustMakeDo, let free { return .lease(free) }
            guard let least, state.orderCount(least) < depth(state) else { return .none }
            return give(to: least, &state)
        }
    }

    /// Workers that would do more tasks with the next batch than they may are replaced: those at work get no more, one that
    /// is not loses its seat.
    private func vacateOneDone(_ state: inout State) -> WorkerLink? {
        guard let most = pool.settings.maxTasks, let next = state.queue.first?.tasks.count else { return nil }
        for number in state.seats.indices {
            guard let seat = state.seats[number], !seat.isRetiring, seat.link.tasksGiven > 0,
                seat.link.tasksGiven + next > most
            else { continue }
            state.seats[number]?.isRetiring = true
            guard seat.orders.isEmpty else { continue }
            state.vacate(number)
            return seat.link
        }
        return nil
    }

    private func give(to number: Int, _ state: inout State) -> Step {
        guard let link = state.seats[number]?.link, let batch = state.queue.popFirst() else { return .none }
        state.seats[number]?.isReserved = true
        return .give(batch, number: number, link)
    }

    /// How many orders a worker may hold: enough never to wait for the next one, few enough to be fair.
    private func depth(_ state: State) -> Int {
        // The clock of a task's time runs from when it is given.
        if request.hasTimeout { return 1 }
        guard let time = state.batchTime else { return 2 }
        return max(2, min(32, Int(200_000 / max(time, 1))))
    }

    // MARK: - Steps

    /// False when the worker has no room.
    private func give(_ batch: TaskBatch, _ number: Int, _ link: WorkerLink) -> Bool {
        defer { endReservation(number, link) }
        let sink = SegmentSink(
            pool.segments,
            run: run,
            threshold: request.sharedMemoryThreshold,
            directory: request.temporaryDirectory
        )
        guard let remote = batch.remote else {
            batch.fail(.batchCannotTravel)
            return true
        }
        do {
            let departing = try remote.departing(WireCoder(format, sink: sink))
            let payload = try sink.payload(departing.bytes)
            return try send(batch, remote, payload, departing.functions, sink.segments, number, link)
        } catch {
            released(sink.segments.map(\.number))
            switch error {
            case let error as JoblibError: batch.fail(error)
            case let error as SystemError: batch.fail(.cannotShare(error))
            case let error as CodingFailure where error.underlying is SystemError:
                if let cause = error.underlying as? SystemError { batch.fail(.cannotShare(cause)) }
            default: remote.couldNotDepart(error, worker: number)
            }
            return true
        }
    }

    /// Where nothing came of it another call may have the worker.
    private func endReservation(_ number: Int, _ link: WorkerLink) {
        let isIdle = state.withLock { state in
            guard let seat = state.seats[number], seat.link === link else { return false }
            state.seats[number]?.isReserved = false
            return seat.orders.isEmpty
        }
        if isIdle { settle(number) }
    }

    private func send(
        _ batch: TaskBatch,
        _ remote: any RemoteBatchRunner,
        _ payload: Payload,
        _ functions: [Int],
        _ segments: [Segment],
        _ number: Int,
        _ link: WorkerLink
    ) throws -> Bool {
        guard remote.departs(worker: number) else {
            released(segments.map(\.number))
            return true
        }
        // Before anything is locked: it is encoded by code of the user's.
        guard let shared = try sharedPayload() else {
            released(segments.map(\.number))
            return true
        }
        let sending = try link.ledger.withLock { ledger -> Sending in
            // Nothing is opened in a worker that another call may have by now.
            guard state.withLock({ $0.holds(link, number) }) else { return .tooLate }
            if !ledger.runs.contains(run) {
                guard try link.send(shared.segments, &ledger),
                    link.send(.open(runOrder(number, shared.payload)), &ledger)
                else { return .noRoom }
                ledger.runs.insert(run)
            }
            let unknown = functions.filter { !(ledger.functions[run]?.contains($0) ?? false) }
            guard try link.send(segments, &ledger) else { return .noRoom }
            ledger.lastOrder += 1
            let order = BatchOrder(
                run: run,
                number: ledger.lastOrder,
                first: batch.tasks.lowerBound,
                attempt: batch.attempt,
                functions: description.functions?.functions(unknown) ?? [],
                tasks: payload
            )
            link.board.offer(order.number)
            let noted = Seat.Order(number: order.number, batch: batch, segments: segments.map(\.number))
            guard note(noted, number, link) else { return .tooLate }
            guard link.send(.batch(order), &ledger) else {
                return takeNote(of: order.number, number, link) ? .noRoom : .takenOver
            }
            if !unknown.isEmpty { ledger.functions[run, default: []].formUnion(unknown) }
            link.wasGiven(tasks: batch.tasks.count)
            return .sent
        }
        if sending == .sent || sending == .takenOver { return true }
        released(segments.map(\.number))
        state.withLock { $0.requeue([batch]) }
        // As above: it has to look without news from now on.
        if sending == .noRoom { bell?.ring() }
        return sending == .tooLate
    }

    private enum Sending {
        case sent
        /// The worker has no room for it now.
        case noRoom
        /// The call is over, or the worker is not its own any more.
        case tooLate
        /// The worker has gone meanwhile, and who noticed has queued the batch again.
        case takenOver
    }

    /// Before it is sent: its report may come at once. False when the call is over, or the seat has gone.
    private func note(_ order: Seat.Order, _ number: Int, _ link: WorkerLink) -> Bool {
        state.withLock { state in
            guard state.holds(link, number) else { return false }
            state.seats[number]?.orders.append(order)
            state.seats[number]?.lastOrder = order.number
            return true
        }
    }

    /// False when it is not there any more.
    private func takeNote(of order: UInt64, _ number: Int, _ link: WorkerLink) -> Bool {
        state.withLock { state in
            guard state.seats[number]?.link === link,
                let place = state.seats[number]?.orders.firstIndex(where: { $0.number == order })
            else { return false }
            state.seats[number]?.orders.remove(at: place)
            return true
        }
    }

    /// False when the call has to wait for a worker.
    private func takeSeat(_ number: Int) -> Bool {
        let before = changes.load(ordering: .acquiring)
        do throws(SystemError) {
            let lease = try pool.lease(run: run, jobs: capacity, bell: (bellNumber, bell)) { [weak self] in
                self?.workerIsFree()
            }
            switch lease {
            case .worker(let link):
                let isTaken = state.withLock { state in
                    if state.isStopped || state.seats[number] != nil { return false }
                    state.occupy(number, link)
                    noteChange()
                    return true
                }
                // Another thread may sleep that does not look at this worker yet.
                if isTaken { bell?.ring() } else { pool.giveBack(link) }
            case .later:
                // One may have become free meanwhile.
                state.withLock { $0.mustMakeDo = changes.load(ordering: .acquiring) == before }
            }
            return true
        } catch {
            return goOnWithFewer(error)
        }
    }

    /// The system refuses another process: those that are there can do the work, if there is one.
    private func goOnWithFewer(_ error: SystemError) -> Bool {
        let orphan = state.withLock { state -> TaskBatch? in
            state.mustMakeDo = true
            guard state.seats.allSatisfy({ $0 == nil }) else { return nil }
            return state.queue.popFirst()
        }
        if let orphan { orphan.fail(.workerCannotStart(error)) } else { JoblibLog.fewerWorkers(error) }
        return orphan == nil
    }

    /// An idle worker takes over what a busy one has not begun.
    private func takeBack(from number: Int) -> Bool {
        let order = state.withLock { state -> Seat.Order? in
            guard let seat = state.seats[number], seat.orders.count > 1, let last = seat.orders.last,
                seat.link.board.takeBack(last.number)
            else { return nil }
            state.seats[number]?.orders.removeLast()
            state.queue.append(last.batch)
            return last
        }
        if let order { released(order.segments) }
        return order != nil
    }

    /// What all tasks share: encoded once, and kept until the call is over; `nil` when it is.
    private func sharedPayload() throws -> (payload: Payload?, segments: [Segment])? {
        guard let shared = description.shared else { return (nil, []) }
        switch sharedValue.withLock({ $0 }) {
        case .known(let payload, let segments): return (payload, segments)
        case .over: return nil
        case .unknown: break
        }
        let sink = SegmentSink(
            pool.segments,
            run: run,
            threshold: request.sharedMemoryThreshold,
            directory: request.temporaryDirectory,
            isForAll: true
        )
        do {
            let payload = try sink.payload(try shared(WireCoder(format, sink: sink)))
            let isWanted = sharedValue.withLock { value in
                guard case .unknown = value else { return false }
                value = .known(payload, sink.segments)
                return true
            }
            if isWanted { return (payload, sink.segments) }
            released(sink.segments.map(\.number))
            return nil
        } catch {
            released(sink.segments.map(\.number))
            throw error
        }
    }

    private func runOrder(_ number: Int, _ shared: Payload?) -> RunOrder {
        RunOrder(
            run: run,
            worker: number,
            jobs: capacity,
            seed: request.remoteRun.seed,
            kernel: description.kernel,
            function: description.function,
            shared: shared,
            transport: description.transportName,
            sharedMemoryThreshold: request.sharedMemoryThreshold,
            temporaryDirectory: request.temporaryDirectory,
            timeout: request.remoteRun.timeout,
            stopsAtFailure: request.remoteRun.stopsAtFailure
        )
    }
}

extension ProcessSession.State {
    /// The worker that has least to do, and the first free seat.
    var leastBusy: (worker: Int?, freeSeat: Int?) {
        var (worker, fewest, free): (Int?, Int, Int?) = (nil, .max, nil)
        for number in seats.indices {
            guard let seat = seats[number] else {
                free = free ?? number
                continue
            }
            if seat.isRetiring || seat.isFull { continue }
            if seat.orders.count < fewest { (worker, fewest) = (number, seat.orders.count) }
        }
        return (worker, free)
    }

    func orderCount(_ number: Int) -> Int { seats[number]?.orders.count ?? 0 }

    /// Whether a worker is still in its seat.
    func holds(_ link: WorkerLink, _ number: Int) -> Bool {
        !isStopped && seats[number]?.link === link
    }
}
