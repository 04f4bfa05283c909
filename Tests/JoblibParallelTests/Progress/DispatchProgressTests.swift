import Testing

@testable import JoblibParallel

@Suite("What a call's progress messages count")
struct DispatchProgressTests {
    /// The counts after each end, as joblib 1.6.0 has them for `tasks` tasks, two jobs and `pre_dispatch='2*n_jobs'`.
    private func joblib(tasks: Int) -> [Int] { (0..<tasks).map { min(4 + $0, tasks) } }

    private func dispatch(total: Int?) -> Dispatch {
        Dispatch(Dispatch.Settings(jobs: 2, window: 4, batchSize: 1, total: total))
    }

    /// Pulls all that may be pulled of an input of `tasks` tasks.
    private func pull(_ dispatch: inout Dispatch, of tasks: Int) {
        while case .pull(let wanted) = dispatch.next(now: 0) {
            _ = dispatch.pulled(min(wanted, tasks - dispatch.pulledTasks), wanted: wanted)
        }
    }

    @Test("Each end counts one more, although several come before the caller wakes up", arguments: [1, 2, 3, 4])
    func steps(together: Int) {
        var dispatch = dispatch(total: 11)
        var counts: [Int] = []
        pull(&dispatch, of: 11)
        for task in 0..<11 {
            _ = dispatch.batchEnded(task, succeeded: 1, now: 0)
            counts.append(dispatch.shownProgress.batches)
            if dispatch.shownProgress.isExhausted { break }
            if task % together == together - 1 { pull(&dispatch, of: 11) }
        }
        #expect(counts.prefix(8) == joblib(tasks: 11).prefix(8))
    }

    @Test("The end of the input is found by the end that would have let more be taken", arguments: [2, 4, 5, 10])
    func exhaustion(tasks: Int) {
        for total in [tasks, nil] {
            var dispatch = dispatch(total: total)
            var whileDispatching = 0
            pull(&dispatch, of: tasks)
            for task in 0..<tasks {
                _ = dispatch.batchEnded(task, succeeded: 1, now: 0)
                if !dispatch.shownProgress.isExhausted { whileDispatching += 1 }
                pull(&dispatch, of: tasks)
            }
            #expect(whileDispatching == max(1, tasks - 3))
        }
    }

    @Test("A change of the batch size is told once, and small ones are not")
    func batchSizes() {
        var sizer = BatchSizer(fixed: nil, jobs: 2)
        #expect(sizer.changeToTell() == nil)
        sizer.batchEnded(tasks: 1, runTime: .microseconds(10))
        let change = sizer.changeToTell()
        #expect(change == BatchSizer.Change(tooFast: true, batchDuration: .microseconds(10), size: 2))
        #expect(sizer.changeToTell() == nil)
        sizer.batchEnded(tasks: 2, runTime: .milliseconds(40))
        #expect(sizer.changeToTell() == BatchSizer.Change(tooFast: false, batchDuration: .milliseconds(40), size: 1))
    }
}
