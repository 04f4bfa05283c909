/// A run in the trace event format of Chrome and Perfetto.
package struct TraceText: Sendable {
    /// Track numbers begin at 1: trace viewers give process 0 and thread 0 a meaning of their own.
    static let process = 1
    static func thread(ofWorker worker: Int) -> Int { worker + 1 }

    private let report: RunReport

    package init(_ report: RunReport) {
        self.report = report
    }

    /// The whole file.
    package func json() -> String {
        var json = JSONText()
        json.object { json in
            json.array("traceEvents") { json in
                metadata(&json)
                events(&json)
            }
            json.member("displayTimeUnit", "ms")
            json.object("otherData") { json in
                json.member("backend", report.backend)
                json.member("jobs", report.jobs)
                json.member("tasks", report.tasks)
                json.member("advice", report.advice)
            }
        }
        return json.text + "\n"
    }

    private func metadata(_ json: inout JSONText) {
        event(&json, "process_name", phase: "M") { $0.member("name", "swift-joblib") }
        for worker in Set(report.workers.map(\.index) + report.spans.map(\.worker)).sorted() {
            let thread = Self.thread(ofWorker: worker)
            event(&json, "thread_name", phase: "M", thread: thread) { $0.member("name", "worker \(worker)") }
            event(&json, "thread_sort_index", phase: "M", thread: thread) { $0.member("sort_index", worker) }
        }
    }

    /// Slices and counter values by time; a counter value stands before the slices that begin with it.
    private func events(_ json: inout JSONText) {
        let spans = report.spans
            .map { (span: $0, start: $0.start.traceNanoseconds, end: $0.end.traceNanoseconds) }
            .sorted { ($0.start, $0.span.worker) < ($1.start, $1.span.worker) }
        let ends = spans.map { max($0.start, $0.end) }.sorted()
        var (begun, ended) = (0, 0)
        while ended < ends.count {
            let now = begun < spans.count ? min(spans[begun].start, ends[ended]) : ends[ended]
            let first = begun
            while begun < spans.count, spans[begun].start == now { begun += 1 }
            while ended < ends.count, ends[ended] == now { ended += 1 }
            event(&json, "running", phase: "C", at: now) { $0.member("batches", begun - ended) }
            for (span, start, end) in spans[first..<begun] { slice(&json, span, start, max(start, end)) }
        }
    }

    private func slice(_ json: inout JSONText, _ span: RunReport.Span, _ start: Int64, _ end: Int64) {
        let thread = Self.thread(ofWorker: span.worker)
        event(&json, HumanText.tasks(span.tasks), phase: "X", thread: thread, at: start, for: end - start) { json in
            json.member("tasks", "\(span.tasks.lowerBound)..<\(span.tasks.upperBound)")
            json.member("count", span.tasks.count)
            json.member("attempt", span.attempt)
            json.member("outcome", span.outcome.rawValue)
        }
    }

    private func event(
        _ json: inout JSONText,
        _ name: String,
        phase: String,
        thread: Int = Self.process,
        at start: Int64 = 0,
        for duration: Int64? = nil,
        arguments: (inout JSONText) -> Void
    ) {
        json.object { json in
            json.member("name", name)
            json.member("cat", "joblib")
            json.member("ph", phase)
            json.member("ts", microseconds: start)
            if let duration { json.member("dur", microseconds: duration) }
            json.member("pid", Self.process)
            json.member("tid", thread)
            json.object("args", arguments)
        }
    }
}

extension Duration {
    /// Whole nanoseconds from the start of the call; nothing in a trace is before it, or centuries after it.
    fileprivate var traceNanoseconds: Int64 {
        let nanoseconds = attoseconds / 1_000_000_000
        return Int64(min(max(nanoseconds, 0), Int128(Int64.max / 2)))
    }
}
