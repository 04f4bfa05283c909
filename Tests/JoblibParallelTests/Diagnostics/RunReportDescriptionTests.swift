import JoblibParallel
import Testing

@Suite("A report printed on the terminal")
struct RunReportDescriptionTests {
    @Test("Columns stand under their headings, totals and advice follow")
    func table() {
        let report = SampleRuns.greedy(
            [.seconds(2), .seconds(1), .milliseconds(500), .milliseconds(250), .milliseconds(200)],
            jobs: 2
        )
        #expect(
            report.description == """
                5 tasks in 2 s on 2 threads: 2.5 tasks/s, speed-up 2.0
                worker  tasks  batches    busy     idle  share
                     0      1        1  2.00 s      0 s  100 %
                     1      4        4  1.95 s  50.0 ms   98 %
                 total      5        5  3.95 s  50.0 ms   99 %
                \(report.advice)
                """
        )
    }

    @Test("Transfer has a column only where there was some")
    func transfer() {
        var report = SampleRuns.balanced
        #expect(!report.description.contains("transfer"))
        report.workers[3].transfer = .milliseconds(20)
        #expect(report.description.contains("transfer"))
        #expect(report.description.contains("20.0 ms"))
    }

    @Test("Failures and further attempts are counted in words")
    func failures() {
        #expect(SampleRuns.troubled.description.contains("2 failed, 2 further attempts\n"))
        #expect(!SampleRuns.balanced.description.contains("failed"))
    }

    @Test("Of many workers the busiest and the idlest are shown")
    func many() {
        let report = SampleRuns.greedy(SampleRuns.lengths(900, 20...300), jobs: 64)
        let lines = report.description.split(separator: "\n")
        #expect(lines.count == 1 + 1 + 8 + 1 + 8 + 1 + 1)
        #expect(lines[10].contains("…"))
    }
}
