import Testing

@testable import JoblibParallel

@Suite struct DispatchTests {
    @Test("Whatever happens in whatever order, each task is delivered once and the call comes to its end")
    func invariants() throws {
        for seed in 0..<8000 {
            var simulation = DispatchSimulation<Dispatch>(seed: seed)
            do {
                try simulation.run()
            } catch {
                Issue.record("seed \(seed): \(error)")
                return
            }
        }
    }

    @Test("A machine with a fault is found out", arguments: FaultyDispatch.Fault.allCases)
    func faultsAreFound(fault: FaultyDispatch.Fault) throws {
        let finder = FaultyDispatch.$chosen.withValue(fault) {
            (0..<2000).first { seed in
                var simulation = DispatchSimulation<FaultyDispatch>(seed: seed)
                return (try? simulation.run()) == nil
            }
        }
        #expect(finder != nil)
        for seed in 0..<500 {
            var simulation = DispatchSimulation<FaultyDispatch>(seed: seed)
            try simulation.run()
        }
    }

    @Test("Nothing is started that was taken from the input while the call stopped")
    func pullAcrossStop() {
        var dispatch = Dispatch(.init(jobs: 2, window: 4))
        #expect(dispatch.next(now: 0) == .pull(1))
        dispatch.stop()
        #expect(dispatch.pulled(1, wanted: 1) == nil)
        #expect(dispatch.underWay.isEmpty)
        #expect(dispatch.next(now: 0) == .finish)
    }

    @Test("An empty input ends at once")
    func emptyInput() {
        var dispatch = Dispatch(.init(jobs: 2, window: 4))
        #expect(dispatch.next(now: 0) == .pull(1))
        #expect(dispatch.pulled(0, wanted: 1) == nil)
        #expect(dispatch.next(now: 0) == .finish)
    }

    @Test("A backlog of huge batches is no limit, and no trap")
    func hugeBacklog() {
        var dispatch = Dispatch(.init(jobs: 2, window: 4, batchSize: .max, backlog: .max))
        #expect(dispatch.next(now: 0) == .pull(.max))
    }

    @Test("Retries start in the order in which they are due, and those due together in the order of failing")
    func retryOrder() {
        var dispatch = Dispatch(.init(jobs: 1, window: 1, batchSize: 4, retries: 1, failsFast: false))
        let batch = dispatch.pulled(4, wanted: 5)
        let delays: [UInt64] = [30, 10, 10, 20]
        let failures = delays.enumerated().map { (index: $0.offset, delay: Optional($0.element)) }
        _ = dispatch.batchEnded(batch?.id ?? -1, succeeded: 0, failures: failures, now: 0)
        #expect(dispatch.next(now: 9) == .wait(until: 10))
        var order: [Int] = []
        while case .start(let batch) = dispatch.next(now: 30) { order.append(batch.tasks.lowerBound) }
        #expect(order == [1, 2, 3, 0])
    }

    @Test("A stop forgets what was to be tried again")
    func stopForgetsRetries() {
        var dispatch = Dispatch(.init(jobs: 1, window: 1, retries: 3, failsFast: false))
        let batch = dispatch.pulled(1, wanted: 1)
        let verdicts = dispatch.batchEnded(batch?.id ?? -1, succeeded: 0, failures: [(0, 5)], now: 0)
        #expect(verdicts == [.retry])
        dispatch.stop()
        #expect(dispatch.nextRetry == nil)
        #expect(dispatch.next(now: 100) == .finish)
    }
}
