import JoblibParallel
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
            tasksDone: 1
        )
    }

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
                    worker 1, process 7 on vm
                    1 other task was done
                """
        )
    }

    @Test("The lines of the error are set off from its own, as when a call within the task failed")
    func nested() {
        #expect(
            failure(failure(Odd(description: "too big"))).description == """
                Task 3 failed: score(1, of: "a") threw TaskFailure: Task 3 failed: score(1, of: "a") threw Odd: too big
                            worker 1, process 7 on vm
                            1 other task was done
                    worker 1, process 7 on vm
                    1 other task was done
                """
        )
    }
}
