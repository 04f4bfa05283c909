internal import JoblibParallel

extension BackendConformance {
    /// What a session does with single batches.
    var sessionChecks: [Check] {
        let always = [
            Check("A session runs each batch exactly once") {
                try await withSession { session, board in
                    for id in 0..<200 { session.submit(board.batch(id)) }
                    try expect(
                        try await waits { board.snapshot.ended.count == 200 },
                        "\(missing(200, board)) never ran"
                    )
                    try await expectOneRunEach(board)
                }
            },
            Check("A session runs asynchronous batches, or refuses them, each once") {
                try await withSession { session, board in
                    for id in 0..<50 { session.submit(board.batch(id, isAsynchronous: true)) }
                    try expect(try await waits { board.snapshot.ended.count == 50 }, "\(missing(50, board)) never ran")
                    try await expectOneRunEach(board)
                }
            },
            Check("A session that was never used can be stopped, and more than once") {
                try await withSession { session, _ in
                    session.stop()
                    session.stop()
                }
            },
        ]
        return backend.runsInCaller ? always : always + heldBatchChecks
    }

    /// What can be seen only while batches are held at their workers.
    private var heldBatchChecks: [Check] {
        [
            Check("A session runs as many batches at once as its capacity says, and no more") {
                try await withHeldBatches { session, board in
                    try expect(session.capacity >= 1, "its capacity is \(session.capacity)")
                    let seen = board.snapshot.largestRunning
                    try expect(
                        seen >= session.capacity,
                        "only \(seen) ran at once, its capacity is \(session.capacity)"
                    )
                    let isExceeded = try await soon { board.snapshot.largestRunning > session.capacity }
                    let most = board.snapshot.largestRunning
                    try expect(!isExceeded, "\(most) ran at once, its capacity is \(session.capacity)")
                }
            },
            Check("Batches that run at once have different worker numbers below the capacity") {
                try await withHeldBatches { session, board in
                    board.open()
                    for id in 1000..<1100 { session.submit(board.batch(id)) }
                    let count = session.capacity * 3 + 100
                    try expect(try await waits { board.snapshot.ended.count >= count }, "some batches never ran")
                    if let first = board.snapshot.wrongWorkers.first { throw ConformanceViolation(first) }
                }
            },
            Check("A session that is stopped starts nothing more") {
                try await withHeldBatches { session, board in
                    session.stop()
                    let started = board.snapshot.calls.count
                    board.open()
                    session.submit(board.batch(1000))
                    _ = try await waits { board.snapshot.running.isEmpty }
                    let wentOn = try await soon { board.snapshot.calls.count > started }
                    try expect(!wentOn, "\(board.snapshot.calls.count - started) batches began after the stop")
                }
            },
            Check("A batch that is given up makes room for another") {
                try await withSession(hasTimeout: true) { session, board in
                    board.close()
                    let held = 0..<session.capacity
                    let batches = held.map { board.batch($0) }
                    for batch in batches { session.submit(batch) }
                    let allRun = try await waits { board.snapshot.running.count == held.count }
                    try expect(allRun, "only \(board.snapshot.running.count) of \(held.count) batches ran at once")
                    board.abandon(held)
                    for batch in batches { session.abandon(batch) }
                    let next = 100..<100 + session.capacity
                    for id in next { session.submit(board.batch(id)) }
                    let allNext = try await waits { next.allSatisfy { board.snapshot.calls[$0] != nil } }
                    try expect(allNext, "the batches that were given up still keep others from running")
                    if let first = board.snapshot.wrongWorkers.first { throw ConformanceViolation(first) }
                }
            },
        ]
    }

    // MARK: - Sessions

    private func withSession(
        hasTimeout: Bool = false,
        _ body: @escaping @Sendable (any BackendSession, ProbeBoard) async throws -> Void
    ) async throws {
        let jobs = try backend.effectiveJobs(JobCount(jobs), processors: jobs)
        let request = SessionRequest(jobs: jobs, callerIsAsynchronous: false, hasTimeout: hasTimeout)
        let session = try backend.makeSession(request)
        let board = ProbeBoard(capacity: session.capacity)
        // Whatever the outcome, no thread is left waiting.
        defer {
            board.open()
            session.stop()
        }
        try await body(session, board)
    }

    /// With three times as many batches as fit, all of which wait where they run.
    private func withHeldBatches(
        _ body: @escaping @Sendable (any BackendSession, ProbeBoard) async throws -> Void
    ) async throws {
        try await withSession { session, board in
            board.close()
            for id in 0..<session.capacity * 3 { session.submit(board.batch(id)) }
            _ = try await waits { board.snapshot.running.count >= session.capacity }
            try await body(session, board)
        }
    }

    private func expectOneRunEach(_ board: ProbeBoard) async throws {
        _ = try await soon { board.snapshot.calls.values.contains { $0 != 1 } }
        for (id, calls) in board.snapshot.calls where calls != 1 {
            throw ConformanceViolation("batch \(id) was run \(calls) times")
        }
    }

    private func missing(_ count: Int, _ board: ProbeBoard) -> String {
        let missing = (0..<count).filter { !board.snapshot.ended.contains($0) }
        return missing.count == 1 ? "batch \(missing[0])" : "\(missing.count) of \(count) batches"
    }
}
