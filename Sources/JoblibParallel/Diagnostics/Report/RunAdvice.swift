/// Chooses the one sentence that helps most after a run.
package enum RunAdvice {
    /// From this share of idle job time on, something is worth saying about it.
    static let idleShare = 0.3
    /// From this share of transfer in the workers' active time on, transfer is the thing to cure.
    static let transferShare = 0.2
    /// From this part of the run spent waiting for one task on, that task is the thing to cure.
    static let tailShare = 0.15
    /// A batch shorter than this is not worth handing to another thread, or to another process.
    static func shortestBatch(backend: String) -> Duration {
        backend == "threads" || backend == "sequential" ? .microseconds(50) : .microseconds(500)
    }

    package static func sentence(for facts: RunFacts) -> String {
        nothing(facts) ?? failures(facts) ?? retries(facts) ?? oneJob(facts) ?? fewTasks(facts) ?? transfer(facts)
            ?? tail(facts) ?? shortTasks(facts) ?? unevenly(facts) ?? starved(facts) ?? balanced(facts)
    }

    private static func nothing(_ facts: RunFacts) -> String? {
        facts.tasks > 0 ? nil : "Nothing was run: the input was empty, or the call ended before its first task did."
    }

    private static func failures(_ facts: RunFacts) -> String? {
        guard facts.failed > 0 else { return nil }
        let which = facts.firstFailure.map { " (first: \(HumanText.tasks($0)))" } ?? ""
        return "\(HumanText.count(facts.failed)) of \(HumanText.count(facts.tasks, "task")) failed\(which): "
            + "mapResults gives each failure with its input; times say little until they are cured."
    }

    private static func retries(_ facts: RunFacts) -> String? {
        let lost = (facts.repeated ?? .zero) / max(facts.busy, .nanoseconds(1))
        guard facts.retried > 0, lost >= 0.05 || facts.retried * 20 >= facts.tasks else { return nil }
        let cost = facts.repeated.map { ", which cost \(HumanText.duration($0)) of worker time" } ?? ""
        return "\(HumanText.count(facts.retried, "attempt")) had to be repeated\(cost): "
            + "find out why tasks crash or time out before looking at the speed."
    }

    private static func oneJob(_ facts: RunFacts) -> String? {
        guard facts.jobs <= 1 else { return nil }
        let mean = facts.busy / facts.tasks
        return mean < .microseconds(2)
            ? "One job ran all tasks in turn at \(HumanText.duration(mean)) each: "
                + "more jobs would help only with many thousands of them."
            : "One job ran all tasks in turn, \(HumanText.duration(mean)) each: jobs: -1 would use every processor."
    }

    private static func fewTasks(_ facts: RunFacts) -> String? {
        guard facts.tasks < facts.jobs else { return nil }
        return facts.tasks == 1
            ? "There was only one task for \(facts.jobs) jobs: split it to use the other workers."
            : "There were only \(facts.tasks) tasks for \(facts.jobs) jobs: "
                + "split the work into more tasks, or jobs: \(facts.tasks) does the same."
    }

    private static func transfer(_ facts: RunFacts) -> String? {
        let active = facts.busy + facts.transfer
        guard active > .zero, facts.transfer / active >= transferShare else { return nil }
        return "\(HumanText.percent(facts.transfer / active)) of the workers' active time went into moving values: "
            + "pass what all tasks need with sharing:, return less, or use backend: .threads, which moves nothing."
    }

    private static func tail(_ facts: RunFacts) -> String? {
        guard let tail = facts.tail, facts.elapsed > .zero, tail.alone / facts.elapsed >= tailShare else { return nil }
        let batch = HumanText.tasks(tail.tasks)
        let what = tail.tasks.count == 1 ? "Task \(tail.tasks.lowerBound)" : "The batch of \(batch)"
        let waited = "ran alone for the last \(HumanText.duration(tail.alone)) of \(HumanText.duration(facts.elapsed))"
        if tail.tasks.count > 1 { return "\(what) \(waited): use a smaller batchSize, or put long tasks first." }
        // A task that began with the call cannot be put any further to the front.
        return tail.start / facts.elapsed < 0.05
            ? "\(what) \(waited) although it began first: split it, no order can hide it."
            : "\(what) \(waited) while the other workers had nothing to do: put it first in the input, or split it."
    }

    private static func shortTasks(_ facts: RunFacts) -> String? {
        let batches = max(1, facts.batches)
        let batch = facts.busy / batches
        let enough = shortestBatch(backend: facts.backend)
        guard facts.utilization < 1 - idleShare, batch < enough else { return nil }
        guard facts.busy > .zero else {
            return "The tasks took no time that could be measured: a plain loop does the same."
        }
        // Never zero: the suggestion divides by it.
        let mean = max(.nanoseconds(1), facts.busy / max(1, facts.tasks))
        let suggestion = rounded(Int((enough * 4 / mean).rounded(.up)))
        return "Tasks of \(HumanText.duration(mean)) are shorter than it takes to hand them out: "
            + (suggestion > facts.tasks / max(1, facts.jobs)
                ? "there are too few of them to share among \(facts.jobs) jobs; try jobs: 1."
                : "use a larger batchSize, such as \(suggestion), or fewer jobs.")
    }

    private static func unevenly(_ facts: RunFacts) -> String? {
        guard facts.utilization < 1 - idleShare / 2, facts.imbalance >= 1.3 else { return nil }
        return "Worker \(facts.busiest) was busy \(HumanText.number(facts.imbalance)) times as long as the average: "
            + "tasks differ in length, so put the long ones first or use a smaller batchSize."
    }

    private static func starved(_ facts: RunFacts) -> String? {
        guard facts.utilization < 1 - idleShare else { return nil }
        return "All workers waited alike, \(HumanText.percent(1 - facts.utilization)) of the time: the input, or "
            + "whoever takes the results, is slower than they are; make that faster, or fewer jobs do as well."
    }

    private static func balanced(_ facts: RunFacts) -> String {
        let gain = facts.utilization >= 0.85 ? "nothing" : "little"
        return "Workers were busy \(HumanText.percent(facts.utilization)) of the time and evenly loaded: "
            + "\(gain) to gain here; more jobs help if processors are free."
    }

    /// Up to the next 1, 2 or 5 times a power of ten: a suggestion, not a result.
    private static func rounded(_ value: Int) -> Int {
        var power = 1
        while power < Int.max / 100 {
            for step in [1, 2, 5] where step * power >= value { return step * power }
            power *= 10
        }
        return power
    }
}

extension RunReport {
    /// One sentence on what to change for a faster run, chosen by what was measured.
    ///
    /// It names the parameter to change, or the task that holds up the others (known when spans were recorded), and says
    /// so when there is nothing to gain.
    public var advice: String { RunAdvice.sentence(for: RunFacts(self)) }
}
