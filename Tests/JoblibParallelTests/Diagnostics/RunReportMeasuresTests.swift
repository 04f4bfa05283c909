import JoblibParallel
import Testing

@Suite("What a report computes from its measurements")
struct RunReportMeasuresTests {
    private let report = RunReport(
        backend: "processes",
        jobs: 4,
        elapsed: .seconds(10),
        tasks: 50,
        workers: [
            RunReport.Worker(index: 0, busy: .seconds(8), transfer: .seconds(1), tasks: 30, batches: 10),
            RunReport.Worker(index: 1, busy: .seconds(4), transfer: .seconds(7), tasks: 20, batches: 5),
        ]
    )

    @Test("Idle time is what neither work nor transfer took, and never negative")
    func idle() {
        #expect(report.idle(of: report.workers[0]) == .seconds(1))
        #expect(report.idle(of: report.workers[1]) == .zero)
    }

    @Test("Utilization counts jobs that found nothing to do")
    func utilization() {
        #expect(report.utilization == 0.3)
        #expect(report.share(of: report.workers[0]) == 0.8)
    }

    @Test("Imbalance is the largest busy time by the mean over all jobs")
    func imbalance() {
        #expect(abs(report.imbalance - 8.0 / 3) < 1e-12)
    }

    @Test("Speed-up is busy time by elapsed time, throughput is tasks a second")
    func rates() {
        #expect(report.speedup == 1.2)
        #expect(report.throughput == 5)
    }

    @Test("A run without work or time has measures, not NaN", arguments: [0, 3])
    func nothing(jobs: Int) {
        let report = RunReport(backend: "threads", jobs: jobs, elapsed: .zero, tasks: 0)
        #expect(report.utilization == 0)
        #expect(report.imbalance == 1)
        #expect(report.speedup == 0)
        #expect(report.throughput == 0)
        #expect(!report.description.isEmpty)
    }

    @Test("Clocks that differ by a hair give no utilization above 1")
    func jitter() {
        let worker = RunReport.Worker(index: 0, busy: .milliseconds(1001), tasks: 1, batches: 1)
        let report = RunReport(backend: "threads", jobs: 1, elapsed: .seconds(1), tasks: 1, workers: [worker])
        #expect(report.utilization == 1)
        #expect(report.share(of: worker) == 1)
        #expect(report.imbalance == 1)
    }
}
