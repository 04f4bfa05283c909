// What a call did with its workers and its time.
import Joblib

// snippet.hide
func render(_ frame: Int) -> Int { (0..<200_000 + frame * 10_000).reduce(0, &+) }
// snippet.show

// snippet.report
let (frames, report) = try Parallel(jobs: 2).mapWithReport(0..<24) { render($0) }
print(report)  // a table by worker, and a sentence of advice
print(report.speedup, report.utilization, report.imbalance)
// snippet.end

// snippet.files
func write(_ report: RunReport) throws {
    try report.writeTimeline(to: "run.svg")  // a picture for a browser or a slide
    try report.writeTrace(to: "run.json")  // for ui.perfetto.dev
}
// snippet.end

// snippet.last
_ = try Parallel(jobs: 2).map(0..<24) { render($0) }
if let last = Parallel.lastReport { print(last.advice) }
// snippet.end
precondition(frames.count == 24 && report.tasks == 24 && !report.spans.isEmpty)
