internal import DequeModule
internal import JoblibSystem
internal import Synchronization

// From the workers' rings to the scheduler.
extension ProcessSession {
    /// What is to be done once no lock is held.
    private struct FollowUp {
        /// Batches of which all has come.
        var arrivals: [(remote: any RemoteBatchRunner, arrival: RemoteArrival)] = []
        var actions: [() -> Void] = []
        var released: [UInt64] = []
        var drained: [Int] = []
        var sawSomething = false
    }

    func takeArrivals() -> Bool {
        var followUp = FollowUp()
        let links = state.withLock { state -> [WorkerLink?] in
            state.mustMakeDo = false
            state.changesSeen = changes.load(ordering: .acquiring)
            return state.links
        }
        for case let link? in links {
            takeReports(link, &followUp)
        }
        for (remote, arrival) in followUp.arrivals { remote.arrived(arrival) }
        for action in followUp.actions { action() }
        released(followUp.released)
        for number in followUp.drained { settle(number) }
        if followUp.sawSomething || !state.withLock({ $0.queue.isEmpty }) { handOut() }
        return followUp.sawSomething
    }

    private func takeReports(_ link: WorkerLink, _ followUp: inout FollowUp) {
        guard link.hasEnded || link.channel.reader.hasArrivals else { return }
        // Another thread that is at it handles all.
        var taken = followUp
        let isDone: Void? = link.reports.withLockIfAvailable { owner in
            // It has been given to another call meanwhile: these are not our reports.
            guard owner == run, let number = state.withLock({ state in state.links.firstIndex { $0 === link } })
            else { return }
            // What it wrote before it ended comes first.
            let hasEnded = link.hasEnded
            while let frame = nextFrame(link) {
                taken.sawSomething = true
                do throws(MessageReader.Damage) {
                    handle(try WorkerReport(frame), number, link, &taken)
                } catch {
                    // It has written to memory that was not its own: nothing that it says can be believed.
                    link.kill()
                    break
                }
            }
            if hasEnded, !link.channel.reader.hasArrivals { lost(number, link, &taken) }
        }
        if isDone != nil { followUp = taken }
    }

    private func nextFrame(_ link: WorkerLink) -> [UInt8]? {
        guard link.channel.reader.hasArrivals else { return nil }
        do throws(FrameRingError) {
            return try link.channel.reader.receive(until: 0)
        } catch {
            if case .corrupt = error { link.kill() }
            return nil
        }
    }

    private func handle(_ report: WorkerReport, _ number: Int, _ link: WorkerLink, _ followUp: inout FollowUp) {
        switch report {
        case .ready: link.becameReady()
        case .log(let record): followUp.actions.append { record.replay() }
        case .refused(let refusal):
            // Of a call that the worker was to be opened for before it came to this one.
            if let other = refusal.run, other != run { return }
            let batch = state.withLock { $0.seats[number]?.orders.first?.batch ?? $0.queue.first }
            if let batch { followUp.actions.append { batch.fail(.workerRefused(refusal)) } }
        case .batch(let report): handle(report, number, link, &followUp)
        }
    }

    private func handle(_ report: BatchReport, _ number: Int, _ link: WorkerLink, _ followUp: inout FollowUp) {
        let (order, isDrained) = state.withLock { state -> (Seat.Order?, Bool) in
            guard state.seats[number]?.link === link,
                let place = state.seats[number]?.orders.firstIndex(where: { $0.number == report.number })
            else { return (nil, false) }
            state.seats[number]?.orders[place].parts.append(report)
            state.losses = Losses()
            guard report.isLast else { return (nil, false) }
            let time = Double(report.ended &- report.started)
            state.batchTime = state.batchTime.map { 0.8 * $0 + 0.2 * time } ?? time
            if let most = pool.settings.maxMemory, report.memory > most { state.seats[number]?.isRetiring = true }
            let order = state.seats[number]?.orders.remove(at: place)
            return (order, state.seats[number]?.orders.isEmpty ?? true)
        }
        guard let order else { return }
        let arrival = arrival(order, number, link, death: nil)
        if let remote = order.batch.remote { followUp.arrivals.append((remote, arrival)) }
        followUp.released += order.segments
        if isDrained { followUp.drained.append(number) }
    }

    private func arrival(
        _ order: Seat.Order,
        _ number: Int,
        _ link: WorkerLink,
        death: RemoteArrival.Death?
    ) -> RemoteArrival {
        RemoteArrival(
            parts: order.parts,
            worker: identity(number, link),
            death: death,
            inbox: link.inbox,
            format: format
        )
    }

    /// Asked once: it takes a system call.
    private static let hostName = CurrentProcess.hostName

    private func identity(_ number: Int, _ link: WorkerLink) -> WorkerIdentity {
        WorkerIdentity(index: number, processIdentifier: link.child.identifier, host: Self.hostName)
    }

    // MARK: - A worker that has ended

    /// After so many workers in a row that ended before they were ready for the call, there is no use in starting more.
    private static var startAttempts: Int { 3 }

    /// As above, of workers that were ready. They may have been ended from outside, which is tolerated more often.
    private static var mostLosses: Int { 10 }

    private func lost(_ number: Int, _ link: WorkerLink, _ followUp: inout FollowUp) {
        let seat = state.withLock { state -> Seat? in
            guard let seat = state.seats[number], seat.link === link else { return nil }
            state.vacate(number)
            return seat
        }
        guard let orders = seat?.orders else { return }
        followUp.sawSomething = true
        // Not here: it waits for who takes reports.
        followUp.actions.append { [pool] in pool.forget(link) }
        link.errors.drain()
        let phase = link.board.phase
        let wasReady = link.isReady && phase != .opening
        let current = orders.first { wasReady && $0.number == link.board.batch && phase != .idle }
        if let current {
            let death = death(number, link)
            let arrival = arrival(current, number, link, death: death)
            if let remote = current.batch.remote { followUp.arrivals.append((remote, arrival)) }
            followUp.released += current.segments
        }
        let others = orders.filter { $0.number != current?.number }
        followUp.released += others.flatMap(\.segments)
        let hopeless = state.withLock { state -> TaskBatch? in
            if current == nil {
                state.losses.all += 1
                state.losses.early += wasReady ? 0 : 1
            } else {
                state.losses = Losses()
            }
            if state.losses.early >= Self.startAttempts || state.losses.all >= Self.mostLosses {
                return others.first?.batch ?? state.queue.first
            }
            state.requeue(others.map(\.batch))
            return nil
        }
        if let hopeless {
            let error = JoblibError.workerEnded(
                status: ending(link),
                wasOpening: phase == .opening,
                standardError: link.errors.tail
            )
            followUp.actions.append { hopeless.fail(error) }
        }
    }

    /// Why a worker has ended while it had a task in hand.
    private func death(_ number: Int, _ link: WorkerLink) -> RemoteArrival.Death {
        let status = ending(link)
        let tail = link.errors.tail
        let crash = CrashEvidence(link, tail: tail)
        let reason: TaskFailure.Reason
        switch status {
        case .exited(let code): reason = .exited(code: code)
        case .signalled(let signal, _):
            let isOutOfMemory = signal == Signal.killNumber && MemoryKills.hasHappened()
            let message = isOutOfMemory ? MemoryKills.message : crash.message
            reason = .crashed(signal: crash.signal ?? signal, message: message)
        case .unknown: reason = .crashed(signal: 0, message: crash.message)
        }
        let evidence = WorkerEvidence(
            identity: identity(number, link),
            traceback: crash.traceback,
            standardErrorTail: tail
        )
        let task = link.board.phase == .running ? link.board.task : nil
        return RemoteArrival.Death(reason: reason, evidence: evidence, task: task)
    }

    private func ending(_ link: WorkerLink) -> ProcessStatus {
        // Its descriptor has said that it has ended: this does not wait.
        (try? link.child.wait(until: MonotonicClock.now &+ 1_000_000_000)) ?? .unknown
    }

    func deadline(of batch: TaskBatch) -> UInt64? {
        let found = state.withLock { state -> (WorkerLink, Seat.Order)? in
            guard let number = state.seatNumber(of: batch), let seat = state.seats[number] else { return nil }
            return seat.orders.first { $0.batch.id == batch.id }.map { (seat.link, $0) }
        }
        let now = MonotonicClock.now
        // It waits for a worker.
        guard let (link, order) = found else { return now &+ request.remoteRun.timeout }
        if link.isReady, link.board.batch == order.number {
            let due = link.board.started &+ request.remoteRun.timeout
            return due > now ? due : nil
        }
        // A worker that takes for ever to get ready is as bad as a task that does.
        return now &- max(link.birth, order.given) < max(request.remoteRun.timeout, Self.startTime)
            ? now &+ request.remoteRun.timeout : nil
    }

    /// How long a worker may take to get ready, in nanoseconds.
    private static var startTime: UInt64 { 60_000_000_000 }

    func evidence(on batch: TaskBatch) -> WorkerEvidence? {
        let found = state.withLock { state -> (Int, WorkerLink)? in
            guard let number = state.seatNumber(of: batch), let seat = state.seats[number] else { return nil }
            return (number, seat.link)
        }
        guard let (number, link) = found else { return nil }
        let traceback = CrashEvidence.stack(of: link)
        link.errors.drain()
        return WorkerEvidence(
            identity: identity(number, link),
            traceback: traceback,
            standardErrorTail: link.errors.tail
        )
    }
}
