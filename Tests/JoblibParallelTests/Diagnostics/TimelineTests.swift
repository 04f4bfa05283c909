import Foundation
import JoblibParallel
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("The timeline picture")
struct TimelineTests {
    private func isWellFormed(_ svg: String) -> Bool {
        XMLParser(data: Data(svg.utf8)).parse()
    }

    @Test("Pictures are well-formed XML, whatever the run was like")
    func wellFormed() {
        let runs = [
            SampleRuns.balanced, SampleRuns.imbalanced, SampleRuns.troubled,
            SampleRuns.greedy(SampleRuns.lengths(9, 2...9), jobs: 1),
            SampleRuns.greedy(SampleRuns.lengths(500, 2...9), jobs: 300),
            RunReport(backend: "<&\">", jobs: 0, elapsed: .zero, tasks: 0),
        ]
        for run in runs { #expect(isWellFormed(TimelinePicture(run).svg())) }
    }

    @Test("Title, advice, lanes with their share, and a caption for each bar are there")
    func content() {
        let svg = TimelinePicture(SampleRuns.troubled).svg()
        #expect(svg.contains("36 tasks in 3.82 s on 4 processes: 94 % utilised"))
        #expect(svg.contains("mapResults gives each failure"))
        #expect(svg.contains(">worker 3</text>") && svg.contains(">100 %</text>"))
        #expect(svg.contains("<title>task 20, 339 ms, attempt 3, failed</title>") || svg.contains("attempt 3, failed<"))
        #expect(svg.contains("prefers-color-scheme:dark"))
    }

    @Test("The legend explains what occurs, and nothing else")
    func legend() {
        #expect(TimelinePicture(SampleRuns.troubled).svg().contains(">timed out</text>"))
        #expect(!TimelinePicture(SampleRuns.troubled).svg().contains(">timed out, a further attempt</text>"))
        #expect(!TimelinePicture(SampleRuns.balanced).svg().contains(">succeeded</text>"))
    }

    @Test("A run of a million batches is a picture below a megabyte")
    func size() {
        var spans: [RunReport.Span] = []
        for task in 0..<1_000_000 {
            let start = Duration.microseconds(task / 16 * 10)
            spans.append(
                RunReport.Span(tasks: task..<task + 1, worker: task % 16, start: start, end: start + .microseconds(7))
            )
        }
        let svg = TimelinePicture(SampleRuns.report(spans, jobs: 16, tasks: spans.count)).svg()
        #expect(svg.utf8.count < 1_000_000)
    }

    @Test("Narrow bars become one that is as pale as its gaps are wide, and no task is lost")
    func merging() {
        let spans = (0..<4000).map { task in
            let start = Duration.milliseconds(task * 10)
            return RunReport.Span(tasks: task..<task + 1, worker: 0, start: start, end: start + .milliseconds(5))
        }
        let bars = TimelineBars(spans, elapsed: .seconds(40), width: 400, limit: 1000).bars
        #expect(bars.count <= 1000)
        #expect(bars.reduce(0) { $0 + $1.spans } == 4000)
        #expect(bars.allSatisfy { (0.4...0.7).contains($0.density) })
        #expect(bars.reduce(.zero) { $0 + $1.busy } == .seconds(20))
    }

    @Test("A failure between a thousand successes keeps a bar of its own")
    func rareFailure() {
        var spans = (0..<10_000).map { task in
            let start = Duration.milliseconds(task)
            return RunReport.Span(tasks: task..<task + 1, worker: 0, start: start, end: start + .milliseconds(1))
        }
        spans[5000].outcome = .failed
        let failed = TimelineBars(spans, elapsed: .seconds(10), width: 100).bars.filter { $0.kind.outcome == .failed }
        #expect(failed.map(\.tasks) == [5000..<5001])
    }

    @Test("Spans outside the axis are cut at its ends")
    func clamping() {
        let spans = [RunReport.Span(tasks: 0..<1, worker: 0, start: .seconds(-1), end: .seconds(9))]
        let bar = TimelineBars(spans, elapsed: .seconds(2), width: 100).bars.first
        #expect(bar?.x == 0 && bar?.end == 100)
    }

    @Test("An impossible path is named with its reason")
    func impossiblePath() {
        let error = #expect(throws: JoblibError.self) {
            try SampleRuns.balanced.writeTimeline(to: "no/such/dir/x.svg")
        }
        #expect(error?.code == .cannotWriteFile)
        #expect(error?.message == "The timeline 'no/such/dir/x.svg' could not be written")
        let reason = String(describing: error?.cause)
        #expect(reason.contains("No such file or directory"))
    }
}
