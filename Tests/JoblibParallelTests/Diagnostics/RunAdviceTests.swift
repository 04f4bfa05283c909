import JoblibParallel
import Testing

@Suite("The sentence of advice")
struct RunAdviceTests {
    /// A run in which everything is well.
    private func facts(_ change: (inout RunFacts) -> Void = { _ in }) -> RunFacts {
        var facts = RunFacts()
        facts.jobs = 8
        facts.tasks = 1000
        facts.batches = 1000
        facts.elapsed = .seconds(10)
        facts.busy = .seconds(76)
        facts.utilization = 0.95
        facts.imbalance = 1.02
        change(&facts)
        return facts
    }

    private func advice(_ change: (inout RunFacts) -> Void = { _ in }) -> String {
        RunAdvice.sentence(for: facts(change))
    }

    @Test("A busy and balanced run has nothing to gain")
    func balanced() {
        #expect(
            advice() == "Workers were busy 95 % of the time and evenly loaded: nothing to gain here; "
                + "more jobs help if processors are free."
        )
        #expect(advice { $0.utilization = 0.76 }.contains("little to gain"))
    }

    @Test("Nothing run is said to be nothing")
    func nothing() {
        #expect(RunAdvice.sentence(for: RunFacts()).hasPrefix("Nothing was run"))
    }

    @Test("Failures come first, with the place of the first one")
    func failures() {
        let text = advice {
            $0.failed = 3
            $0.firstFailure = 17..<18
            $0.utilization = 0.1
        }
        #expect(text.hasPrefix("3 of 1,000 tasks failed (first: task 17): mapResults"))
    }

    @Test("Retries are named when they cost something, with what they cost")
    func retries() {
        let text = advice {
            $0.retried = 12
            $0.repeated = .seconds(8)
        }
        #expect(text.hasPrefix("12 attempts had to be repeated, which cost 8 s of worker time:"))
        #expect(
            advice {
                $0.retried = 1
                $0.repeated = .milliseconds(1)
            }.contains("nothing to gain")
        )
    }

    @Test("One job is told of the others, unless its tasks are tiny")
    func oneJob() {
        #expect(advice { $0.jobs = 1 }.contains("jobs: -1 would use every processor"))
        let tiny = advice {
            $0.jobs = 1
            $0.busy = .microseconds(100)
        }
        #expect(tiny.contains("many thousands"))
    }

    @Test("Fewer tasks than jobs is named with both numbers")
    func fewTasks() {
        #expect(advice { $0.tasks = 3 }.hasPrefix("There were only 3 tasks for 8 jobs"))
        #expect(advice { $0.tasks = 1 }.hasPrefix("There was only one task for 8 jobs"))
    }

    @Test("Much transfer points to sharing: and to threads")
    func transfer() {
        let text = advice { $0.transfer = .seconds(60) }
        #expect(text.hasPrefix("44 % of the workers' active time"))
        #expect(text.contains("sharing:") && text.contains(".threads"))
    }

    @Test("One long task at the end is named by its index")
    func tail() {
        let text = RunFacts(SampleRuns.imbalanced).tail
        #expect(text?.tasks == 60..<61)
        #expect(SampleRuns.imbalanced.advice.hasPrefix("Task 60 ran alone for the last 1.92 s of 2.92 s"))
        #expect(SampleRuns.imbalanced.advice.contains("put it first in the input"))
    }

    @Test("A long task that began first cannot be put any further to the front")
    func unavoidableTail() {
        let lengths = [Duration.seconds(2)] + SampleRuns.lengths(30, 60...140)
        #expect(SampleRuns.greedy(lengths, jobs: 4).advice.hasPrefix("Task 0 ran alone"))
        #expect(SampleRuns.greedy(lengths, jobs: 4).advice.contains("split it, no order can hide it"))
    }

    @Test("A long batch at the end asks for a smaller one")
    func longBatch() {
        let lengths = SampleRuns.lengths(36, 90...110) + Array(repeating: .milliseconds(400), count: 6)
        #expect(SampleRuns.greedy(lengths, jobs: 6, batch: 6).advice.contains("use a smaller batchSize"))
    }

    @Test("Tasks too short to hand out ask for a larger batch, with a number")
    func shortTasks() {
        let lengths = Array(repeating: Duration.microseconds(2), count: 3000)
        let report = SampleRuns.greedy(lengths, jobs: 2, gap: .microseconds(9))
        #expect(report.advice.contains("use a larger batchSize, such as 100"))
        let few = SampleRuns.greedy(Array(lengths.prefix(20)), jobs: 2, gap: .microseconds(9))
        #expect(few.advice.contains("try jobs: 1"))
    }

    @Test("Tasks without measurable time are no division by zero")
    func noTime() {
        var report = RunReport(backend: "threads", jobs: 4, elapsed: .seconds(1), tasks: 10)
        #expect(report.advice.contains("plain loop"))
        report.workers = [RunReport.Worker(index: 0, busy: Duration(attoseconds: 1), tasks: 10, batches: 1)]
        #expect(report.advice.contains("try jobs: 1"))
    }

    @Test("Workers that waited alike point to the input")
    func starved() {
        let report = SampleRuns.greedy(SampleRuns.lengths(200, 9...11), jobs: 4, gap: .milliseconds(10))
        #expect(report.advice.hasPrefix("All workers waited alike, 50 % of the time: the input"))
    }

    @Test("Uneven work names the busiest worker")
    func uneven() {
        let text = advice {
            $0.utilization = 0.5
            $0.imbalance = 1.8
            $0.busiest = 3
        }
        #expect(text.hasPrefix("Worker 3 was busy 1.8 times as long as the average"))
    }

    @Test("A failure that a retry cured is not called the first failure")
    func curedFailure() {
        #expect(RunFacts(SampleRuns.troubled).firstFailure == 9..<10)
        #expect(RunFacts(SampleRuns.troubled).repeated != nil)
    }
}
