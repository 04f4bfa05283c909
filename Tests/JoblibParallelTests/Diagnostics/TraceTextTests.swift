import Foundation
import JoblibParallel
import Testing

@Suite("The trace for Perfetto and Chrome")
struct TraceTextTests {
    private struct Trace: Decodable {
        struct Event: Decodable {
            var name: String
            var ph: String
            var ts: Double
            var dur: Double?
            var pid: Int
            var tid: Int
            var args: Arguments
        }

        struct Arguments: Decodable {
            var name: String?
            var tasks: String?
            var count: Int?
            var attempt: Int?
            var outcome: String?
            var batches: Int?
        }

        var traceEvents: [Event]
        var displayTimeUnit: String
    }

    private func trace(_ report: RunReport) throws -> Trace {
        try JSONDecoder().decode(Trace.self, from: Data(TraceText(report).json().utf8))
    }

    @Test("Every batch is a slice on its worker's track, with its arguments")
    func slices() throws {
        let spans = [
            RunReport.Span(tasks: 12..<20, worker: 1, start: .nanoseconds(1_500), end: .microseconds(40)),
            RunReport.Span(
                tasks: 3..<4,
                worker: 0,
                start: .microseconds(2),
                end: .microseconds(5),
                outcome: .timedOut,
                attempt: 2
            ),
        ]
        let slices = try trace(SampleRuns.report(spans, jobs: 2, tasks: 9)).traceEvents.filter { $0.ph == "X" }
        #expect(slices.map(\.name) == ["tasks 12..<20", "task 3"])
        #expect(slices.map(\.ts) == [1.5, 2])
        #expect(slices.map(\.dur) == [38.5, 3])
        #expect(slices.map(\.tid) == [2, 1])
        #expect(slices[0].args.tasks == "12..<20" && slices[0].args.count == 8)
        #expect(slices[1].args.attempt == 2 && slices[1].args.outcome == "timedOut")
    }

    @Test("Process and threads have names, and no number 0, which viewers treat apart")
    func metadata() throws {
        let events = try trace(SampleRuns.troubled).traceEvents
        let names = events.filter { $0.name == "thread_name" }.compactMap(\.args.name)
        #expect(names == ["worker 0", "worker 1", "worker 2", "worker 3"])
        #expect(events.first { $0.name == "process_name" }?.args.name == "swift-joblib")
        #expect(events.allSatisfy { $0.pid == 1 && $0.tid > 0 })
    }

    @Test("Events are in the order of time, and the counter returns to nothing")
    func order() throws {
        let events = try trace(SampleRuns.balanced).traceEvents.filter { $0.ph != "M" }
        #expect(zip(events, events.dropFirst()).allSatisfy { $0.ts <= $1.ts })
        let running = events.filter { $0.name == "running" }.compactMap(\.args.batches)
        #expect(running.max() == 8)
        #expect(running.last == 0)
    }

    @Test("A run that was not recorded is a valid trace without slices")
    func empty() throws {
        let report = RunReport(backend: "threads", jobs: 2, elapsed: .zero, tasks: 0)
        #expect(try trace(report).traceEvents.map(\.name) == ["process_name"])
    }

    @Test("Spans that end before they begin, or before the call, stay valid")
    func impossible() throws {
        let spans = [RunReport.Span(tasks: 0..<1, worker: 0, start: .seconds(-1), end: .seconds(-2))]
        let slice = try trace(SampleRuns.report(spans, jobs: 1, tasks: 1)).traceEvents.first { $0.ph == "X" }
        #expect(slice?.ts == 0 && slice?.dur == 0)
    }

    @Test("Any text survives, control characters and quotes included")
    func escaping() throws {
        let name = "a\"b\\c\nd\te\u{0}\u{1F}\u{2028}é😀</script>"
        var json = JSONText()
        json.object { $0.member("name", name) }
        #expect(try JSONDecoder().decode([String: String].self, from: Data(json.text.utf8)) == ["name": name])
    }

    @Test("Files appear at the path; an impossible path is named with its reason")
    func files() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/run.json"
        try SampleRuns.balanced.writeTrace(to: path)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == TraceText(SampleRuns.balanced).json())
        let error = #expect(throws: JoblibError.self) {
            try SampleRuns.balanced.writeTrace(to: "no/such/dir/x.json")
        }
        #expect(error?.code == .cannotWriteFile)
        #expect(error?.message == "The trace 'no/such/dir/x.json' could not be written")
        let reason = String(describing: error?.cause)
        #expect(reason.contains("No such file or directory"))
    }
}

/// A folder that is gone when the test is over.
final class TemporaryFolder {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("joblib-\(UUID().uuidString)").path

    init() throws {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }
}
