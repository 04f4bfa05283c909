internal import Joblib
internal import JoblibParallel

extension MapRun {
    /// What ran when; with spans only if they were asked for.
    var report: RunReport {
        RunReport(
            backend: "commands",
            jobs: settings.jobs,
            elapsed: elapsed,
            tasks: tally.done,
            failed: tally.failed,
            retried: tally.retried,
            workers: workers.filter { $0.tasks > 0 },
            spans: spans.sorted { $0.start < $1.start }
        )
    }
}
