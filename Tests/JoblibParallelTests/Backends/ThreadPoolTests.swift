import JoblibSystem
import Synchronization
import Testing

@testable import JoblibParallel

@Suite(.timeLimit(.minutes(10))) struct ThreadPoolTests {
    @Test("Threads that have been idle for long enough end")
    func idleEnd() {
        let pool = ThreadPool(name: "test", idleTime: .milliseconds(1))
        let done = Atomic(0)
        for _ in 0..<8 { #expect(pool.run { done.wrappingAdd(1, ordering: .relaxed) }) }
        Turnstile.until { pool.threadCount == 0 }
        #expect(done.load(ordering: .relaxed) == 8)
        // The pool is as good as new.
        #expect(pool.run { done.wrappingAdd(1, ordering: .relaxed) })
        Turnstile.until { pool.threadCount == 0 }
        #expect(done.load(ordering: .relaxed) == 9)
    }

    @Test("A job takes an idle thread before a new one")
    func reuse() {
        let pool = ThreadPool(name: "test", idleTime: .seconds(3600))
        defer { pool.close() }
        for _ in 0..<200 {
            let done = Atomic(false)
            #expect(pool.run { done.store(true, ordering: .releasing) })
            Turnstile.until { done.load(ordering: .acquiring) && pool.idleCount == 1 }
        }
        #expect(pool.threadCount == 1)
    }

    @Test("What a job holds is released when it has run, and not when its thread ends")
    func jobIsReleased() async throws {
        let pool = ThreadPool(name: "test", idleTime: .seconds(3600))
        defer { pool.close() }
        let census = Live.Census()
        // The job that a thread begins with, and those after it.
        for count in 1...3 {
            do {
                let object = Live(count, census)
                #expect(pool.run { withExtendedLifetime(object) {} })
            }
            try await census.died.reached(count, "what the job holds to be released")
            Turnstile.until { pool.idleCount == 1 }
        }
        #expect(pool.threadCount == 1)
    }

    @Test("No job waits for another: with all threads held there is one more thread")
    func noLimit() {
        let pool = ThreadPool(name: "test", idleTime: .seconds(3600))
        defer { pool.close() }
        let gate = Turnstile()
        for _ in 0..<20 { #expect(pool.run { gate.wait() }) }
        Turnstile.until { gate.arrived == 20 }
        #expect(pool.threadCount == 20)
        gate.open()
        Turnstile.until { pool.idleCount == 20 }
    }

    @Test("A closed pool ends its threads, busy ones after their job, and still runs what comes late")
    func close() {
        let pool = ThreadPool(name: "test", idleTime: .seconds(3600))
        let gate = Turnstile()
        let late = Atomic(false)
        #expect(pool.run { gate.wait() })
        #expect(pool.run {})
        Turnstile.until { gate.arrived == 1 && pool.idleCount == 1 }
        pool.close()
        Turnstile.until { pool.threadCount == 1 }
        #expect(pool.run { late.store(true, ordering: .relaxed) })
        gate.open()
        Turnstile.until { pool.threadCount == 0 }
        #expect(late.load(ordering: .relaxed) == true)
    }

    @Test("Jobs handed to threads that are about to leave are run all the same")
    func handOffAtTheEnd() {
        // With no idle time each thread leaves at the moment at which it may be given the next job.
        let pool = ThreadPool(name: "test", idleTime: .zero)
        let done = Atomic(0)
        for round in 1...2000 {
            #expect(pool.run { done.wrappingAdd(1, ordering: .relaxed) })
            if round % 3 == 0 { Turnstile.until { done.load(ordering: .relaxed) == round } }
        }
        Turnstile.until { pool.threadCount == 0 }
        #expect(done.load(ordering: .relaxed) == 2000)
    }

    @Test("A pool is released once its threads have ended")
    func release() {
        weak var released: ThreadPool?
        do {
            let pool = ThreadPool(name: "test", idleTime: .seconds(3600))
            released = pool
            #expect(pool.run {})
            pool.close()
        }
        Turnstile.until { released == nil }
    }
}

@Suite(.timeLimit(.minutes(10))) struct TimekeeperTests {
    @Test("Appointments are kept in the order of their times, and those of one time in the order of making")
    func order() {
        let pool = ThreadPool(name: "test", idleTime: .milliseconds(1))
        let keeper = Timekeeper(pool: pool)
        let seen = Lock<[Int]>([])
        // The first holds the keeper's thread until all others are in.
        let gate = Turnstile()
        keeper.schedule(at: 0) { gate.wait() }
        Turnstile.until { gate.arrived == 1 }
        for time in [5, 1, 4, 1, 3] {
            let number = time * 10
            keeper.schedule(at: UInt64(time)) { seen.withLock { $0.append(number) } }
            keeper.schedule(at: UInt64(time)) { seen.withLock { $0.append(number + 1) } }
        }
        gate.open()
        Turnstile.until { seen.withLock { $0.count } == 10 }
        #expect(seen.withLock { $0 } == [10, 11, 10, 11, 30, 31, 40, 41, 50, 51])
        Turnstile.until { pool.threadCount == 0 }
        #expect(keeper.count == 0)
    }

    @Test("An appointment that is called off is not kept, and the last one takes the thread with it")
    func cancel() {
        let pool = ThreadPool(name: "test", idleTime: .milliseconds(1))
        let keeper = Timekeeper(pool: pool)
        let kept = Atomic(false)
        let far = (0..<10).map { keeper.schedule(at: .max - UInt64($0 % 3)) { kept.store(true, ordering: .relaxed) } }
        for appointment in far.shuffled() {
            keeper.cancel(appointment)
            keeper.cancel(appointment)
        }
        #expect(keeper.count == 0)
        Turnstile.until { pool.threadCount == 0 }
        #expect(kept.load(ordering: .relaxed) == false)
    }

    @Test("An appointment that comes before all others wakes the timekeeper")
    func earlier() {
        let keeper = Timekeeper(pool: ThreadPool(name: "test", idleTime: .milliseconds(1)))
        let far = keeper.schedule(at: .max) {}
        for _ in 0..<200 {
            let kept = Atomic(false)
            keeper.schedule(at: 0) { kept.store(true, ordering: .releasing) }
            Turnstile.until { kept.load(ordering: .acquiring) }
        }
        keeper.cancel(far)
    }
}
