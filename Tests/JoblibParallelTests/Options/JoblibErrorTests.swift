import JoblibParallel
import Testing

@Suite struct JoblibErrorTests {
    private struct DiskFull: Error, CustomStringConvertible {
        var description: String { "no space left on device" }
    }

    @Test("The description has the message, what to do, and the cause")
    func description() {
        let bare = JoblibError(code: .invalidArgument, message: "It is wrong")
        #expect("\(bare)" == "It is wrong")
        #expect("\(JoblibError(code: .invalidArgument, message: "Wrong", remedy: "Mend it."))" == "Wrong. Mend it.")
        #expect("\(JoblibError(code: .invalidArgument, message: "Wrong.", remedy: "Mend it."))" == "Wrong. Mend it.")
        let error = JoblibError.cannotWriteFile("out/run.svg", cause: DiskFull())
        #expect(error.description.hasPrefix("'out/run.svg' could not be written. See that its folder exists"))
        #expect(error.description.hasSuffix("\nCaused by: no space left on device"))
    }

    @Test("Codes can be compared and printed")
    func codes() {
        #expect(JoblibError.jobsZero.code == .invalidArgument)
        #expect(JoblibError.Code.invalidArgument != .unknownBackend)
        #expect("\(JoblibError.Code.cannotWriteFile)" == "cannotWriteFile")
    }

    @Test("An unknown backend is answered with the names there are, in order")
    func unknownBackend() {
        let error = JoblibError.unknownBackend("nope", expected: ["threads", "sequential", "processes"])
        #expect(error.code == .unknownBackend)
        #expect(error.message == "Invalid backend: nope, expected one of ['processes', 'sequential', 'threads']")
    }

    @Test("Troubles with a backend name it")
    func backends() {
        #expect(JoblibError.noActiveWorker(backend: "EmptyBackend").message == "EmptyBackend has no active worker.")
        #expect(JoblibError.lacksSharedMemory(backend: "processes").code == .inconsistentOptions)
        let error = JoblibError.backendUnavailable("processes", because: "this program may not start others")
        #expect(error.code == .backendUnavailable)
        let message = "joblib backend 'processes' is not available on your system: this program may not start others"
        #expect(error.message == message)
    }

    @Test("A program that knows nothing of workers is told apart from a system that refuses them")
    func programIsAnother() {
        #expect(JoblibError.programIsAnother.code == .workerFailed)
        #expect(JoblibError.programIsAnother.message.contains("bundle"))
        #expect(JoblibError.programIsAnother.remedy?.contains("executable") == true)
    }

    @Test("A timeout that is not positive is shown as it is")
    func timeout() {
        #expect(
            JoblibError.timeoutNotPositive(.seconds(-1)).message
                == "timeout must be longer than zero, got: -1.0 seconds"
        )
    }

    @Test("A thread that cannot be started says which of how many")
    func thread() {
        let error = JoblibError.cannotStartThread(number: 900, of: 5_000, cause: DiskFull())
        #expect(error.code == .systemResource)
        #expect(error.message == "Thread 900 of 5000 could not be started")
    }
}
