import Joblib
import Testing

@Suite("Cancelling the Swift task around a call", .timeLimit(.minutes(10)))
struct CancellationTests {
    @Test(
        "Ends an asynchronous call with a CancellationError and tells its tasks",
        arguments: Setup.everyWay.filter { !$0.form.isBlocking }
    )
    func endsCall(_ setup: Setup) async throws {
        let runs = Gate()
        let wasTold = Gate()
        let task = Task.detached {
            try await setup.map(Array(0..<100), with: setup.parallel(batchSize: 1)) { _ in
                runs.open()
                while !TaskContext.current.isCancelled {}
                wasTold.open()
            }
        }
        try await runs.passed("a task to run")
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        try await wasTold.passed("the task to be told")
    }

    @Test("Ends a blocking call when its next task has ended", arguments: Setup.everyWay.filter { $0.form.isBlocking })
    func endsBlockingCall(_ setup: Setup) async throws {
        let runs = Gate()
        let isCancelled = Gate()
        let begun = Tally()
        let task = Task.detached(executorPreference: ThreadPerJob()) {
            try await setup.map(Array(0..<1000), with: setup.parallel(batchSize: 1)) { _ in
                begun.add()
                runs.open()
                try isCancelled.wait("the call to be cancelled")
                // Those on the other workers do not end before they are told to.
                while TaskContext.current.workerIndex != 0, !TaskContext.current.isCancelled {}
            }
        }
        try await runs.passed("a task to run")
        task.cancel()
        isCancelled.open()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(begun.value < 1000)
    }

    @Test(
        "An asynchronous caller does not wait for tasks that go on",
        arguments: Setup.blockingBodies.filter { $0.form == .suspendingArray || $0.form == .suspendingSequence }
    )
    func leavesBehind(_ setup: Setup) async throws {
        let runs = Gate()
        let mayEnd = Gate()
        let returned = Gate()
        let task = Task.detached {
            defer { returned.open() }
            return try await setup.map([1, 2, 3]) { _ in
                runs.open()
                try mayEnd.wait("the test to let the task go")
            }
        }
        try await runs.passed("a task to run")
        task.cancel()
        defer { mayEnd.open() }
        try await returned.passed("the call to return while its task goes on")
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    /// Waits for `first`, for a while; then opens `second` in any case.
    static func expect(_ first: Gate, opensBefore second: Gate) async {
        defer { second.open() }
        do {
            try await first.passed("the call to return while its task goes on")
        } catch {
            Issue.record(error)
        }
    }

    @Test("Cancelled before it starts, a call runs nothing", arguments: Setup.everyWay)
    func before(_ setup: Setup) async throws {
        let ran = Tally()
        let task = Task.detached {
            Task.cancelThisOne()
            return try await setup.map(Array(0..<100)) { _ in ran.add() }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(ran.value == 0)
    }

    @Test("Asynchronous bodies are cancelled and waited for", arguments: [1, 2, 4])
    func asynchronousBodies(_ jobs: Int) async throws {
        let begun = Tally()
        let ended = Tally()
        let task = Task.detached {
            try await Parallel(jobs: JobCount(jobs)).map(0..<100) { _ in
                defer { ended.add() }
                begun.add()
                try await Task.sleep(for: .seconds(3600))
            }
        }
        try await begun.reached(jobs, "the bodies to run")
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(ended.value == begun.value)
        #expect(begun.value == jobs)
    }

    @Test("A failing asynchronous body cancels the others and waits for them", arguments: [2, 4])
    func failingBody(_ jobs: Int) async throws {
        let begun = Tally()
        let ended = Tally()
        let failure = try await failure {
            try await Parallel(jobs: JobCount(jobs)).map(0..<100) { number in
                defer { ended.add() }
                begun.add()
                if number == 0 {
                    try await begun.reached(jobs, "the other bodies")
                    throw Broken()
                }
                try await Task.sleep(for: .seconds(3600))
            }
        }
        #expect(failure.index == 0)
        #expect(ended.value == begun.value)
    }

    @Test("Ends a stream that is waited for", arguments: [1, 2])
    func stream(_ jobs: Int) async throws {
        let runs = Gate()
        let task = Task.detached {
            let stream = Parallel(jobs: JobCount(jobs)).stream(0..<10) { _ in
                runs.open()
                while !TaskContext.current.isCancelled {}
            }
            for try await _ in stream {}
        }
        try await runs.passed("a task to run")
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("Reaches a task that a blocking call runs in its own thread")
    func taskIsCancelled() async throws {
        let runs = Gate()
        let task = Task.detached(executorPreference: ThreadPerJob()) {
            try Setup.blocking {
                try Parallel(jobs: 1).map([1]) { _ in
                    runs.open()
                    while !Task.isCancelled {}
                    throw CancellationError()
                }
            }
        }
        try await runs.passed("a task to run")
        task.cancel()
        await #expect(throws: (any Error).self) { try await task.value }
    }

    @Test("Does not end a call that has its results already")
    func tooLate() async throws {
        let task = Task.detached {
            let results = try await Parallel(jobs: 2).map([1, 2]) { $0 }
            Task.cancelThisOne()
            return results
        }
        #expect(try await task.value == [1, 2])
    }
}

extension Task where Success == Never, Failure == Never {
    fileprivate static func cancelThisOne() {
        // The task is used while it runs this very code.
        unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
    }
}
