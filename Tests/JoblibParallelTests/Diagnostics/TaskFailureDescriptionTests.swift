import Foundation
import JoblibParallel
import JoblibSystem
import Testing

@Suite("What a failed task says of itself")
struct TaskFailureDescriptionTests {
    private struct Odd: Error, CustomStringConvertible {
        let description: String
    }

    private func failure(_ error: any Error, function: String = "score(_:of:)") -> TaskFailure {
        TaskFailure(
            index: 3,
            call: TaskCall(function: function, arguments: ["1", "\"a\""]),
            reason: .threw,
            underlying: error,
            worker: WorkerIdentity(index: 1, processIdentifier: 7, host: "vm"),
            tasksDone: 1,
            time: Self.moment
        )
    }

    private static let moment: Int64 = 1_352_716_666
    /// As people at this machine's clock write it.
    private static let time = WallClock.text(at: moment)

    @Test("A call is shown as one would write it")
    func call() {
        #expect(TaskCall(function: "score(_:of:)", arguments: ["1", "2"]).description == "score(1, of: 2)")
        #expect(TaskCall(function: "score", arguments: ["1", "2"]).description == "score(1, 2)")
        #expect(TaskCall(function: "Model.fit(_:)", arguments: ["[1.0]"]).description == "Model.fit([1.0])")
        #expect(TaskCall(function: "run()", arguments: []).description == "run()")
    }

    @Test("The values of a closure do not look like those of the function around it")
    func closure() {
        let name = "closure #1 in Search.run"
        #expect(TaskCall(function: name, arguments: ["1", "2"]).description == "closure #1 in Search.run (1, 2)")
        #expect(TaskCall(function: name, arguments: []).description == name)
        #expect(TaskCall(function: "a closure", arguments: ["3"]).description == "a closure (3)")
    }

    @Test("It names the call, the error, the worker and what was done")
    func lines() {
        #expect(
            failure(Odd(description: "too big")).description == """
                Task 3 failed: score(1, of: "a") threw Odd: too big
                    worker 1, process 7 on vm, \(Self.time)
                    1 other task was done
                """
        )
    }

    @Test("The lines of the error are set off from its own, as when a call within the task failed")
    func nested() {
        #expect(
            failure(failure(Odd(description: "too big"))).description == """
                Task 3 failed: score(1, of: "a") threw TaskFailure: Task 3 failed: score(1, of: "a") threw Odd: too big
                            worker 1, process 7 on vm, \(Self.time)
                            1 other task was done
                    worker 1, process 7 on vm, \(Self.time)
                    1 other task was done
                """
        )
    }

    /// A source file that is there as long as the value.
    private final class Source {
        let path = NSTemporaryDirectory() + "joblib-\(UUID().uuidString).swift"

        init() throws {
            let text = """
                func hog(_ file: String, _ cells: Int) throws -> [Double] {
                    let image = try read(file)
                    // An empty one has no gradient.
                    guard image.width > 0 else { throw NotAnImage(file) }
                    return gradient(image, cells)
                }

                let hogs = try Parallel(jobs: 8).map(files) { try hog($0, 3) }

                """
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        }

        deinit { try? FileManager.default.removeItem(atPath: path) }
    }

    private func failure(_ reason: TaskFailure.Reason, _ traceback: [TracebackFrame]) -> TaskFailure {
        TaskFailure(
            index: 3,
            call: TaskCall(function: "hog", arguments: ["\"x.jpg\"", "3"]),
            reason: reason,
            underlying: reason == .threw ? Odd(description: "x.jpg has no pixels") : nil,
            traceback: traceback,
            worker: WorkerIdentity(index: 1, processIdentifier: 12934, host: "laptop"),
            attempt: 2,
            standardErrorTail: "reading x.jpg\n",
            time: Self.moment
        )
    }

    @Test("The stack ends with the innermost call, and the failing line stands among its neighbours")
    func traceback() throws {
        let source = try Source()
        let frames = [
            TracebackFrame(function: "Array.subscript", image: "libswiftCore.so"),
            TracebackFrame(function: "hog", file: source.path, line: 4, column: 34, image: "Hogs"),
            TracebackFrame(function: "closure #1 in Hogs", file: source.path, line: 8, column: 51, image: "Hogs"),
        ]
        #expect(
            failure(.threw, frames).description == """
                Task 3 failed: hog("x.jpg", 3) threw Odd: x.jpg has no pixels
                    worker 1, process 12934 on laptop, attempt 2, \(Self.time)
                    innermost call last:
                        closure #1 in Hogs at \(source.path):8
                        hog at \(source.path):4
                                  2     let image = try read(file)
                                  3     // An empty one has no gradient.
                            -->   4     guard image.width > 0 else { throw NotAnImage(file) }
                                  5     return gradient(image, cells)
                                  6 }
                        Array.subscript in libswiftCore.so
                    last words on standard error:
                        reading x.jpg
                """
        )
    }

    @Test("A stack overflow is a few lines, not thousands")
    func recursion() {
        let frame = TracebackFrame(function: "dig", file: "Dig.swift", line: 2)
        var frames = [TracebackFrame](repeating: frame, count: 63)
        frames.append(TracebackFrame(function: "dig", file: "Dig.swift", line: 2, omittedCallers: 90_000))
        frames += [frame, frame, frame, TracebackFrame(function: "run", file: "Dig.swift", line: 9)]
        let text = failure(.crashed(signal: 11, message: "stack overflow"), frames).description
        #expect(
            text.contains(
                """
                    innermost call last:
                        run at Dig.swift:9
                        dig at Dig.swift:2
                        … 2 more calls of the same line
                        … 90000 more calls
                        dig at Dig.swift:2
                        … 63 more calls of the same line

                """
            ),
            "\(text)"
        )
        #expect(text.hasPrefix("Task 3 failed: hog(\"x.jpg\", 3) crashed with signal 11 (SIGSEGV): stack overflow\n"))
    }

    @Test("A failure remembers its time when the call ends with it")
    func time() {
        #expect(failure(.threw, []).ending(callAfter: 5).time == Self.moment)
        #expect(failure(.threw, []).ending(callAfter: 5).description.contains(Self.time))
    }
}
