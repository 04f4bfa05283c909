import JoblibParallel
import Testing

@Suite struct JobCountTests {
    @Test(
        "Numbers mean what joblib's n_jobs means",
        arguments: [(1, 1), (3, 3), (8, 8), (100, 100), (-1, 8), (-2, 7), (-8, 1), (-9, 1), (-100, 1), (Int.min, 1)]
    )
    func meaning(written: Int, expected: Int) throws {
        #expect(try JobCount(written).effective(processors: 8) == expected)
    }

    @Test("Leaving out processors is the same as a negative number")
    func namedForms() throws {
        #expect(JobCount.allProcessors == -1)
        #expect(JobCount.allProcessors(except: 0) == .allProcessors)
        #expect(JobCount.allProcessors(except: 1) == -2)
        #expect(try JobCount.allProcessors(except: .max).effective(processors: 4) == 1)
    }

    @Test("Zero is refused when the call is made, in joblib's words, and the error says what to write")
    func zero() throws {
        let jobs: JobCount = 0
        let error = try #require(throws: JoblibError.self) { try jobs.effective(processors: 4) }
        #expect(error.code == .invalidArgument)
        #expect(error.message == "jobs == 0 in Parallel has no meaning")
        #expect(error.description.contains("Write 1 to run in the caller"))
    }

    @Test("More jobs than processors are allowed up to a limit that no machine reaches")
    func limit() throws {
        #expect(try JobCount(65_536).effective(processors: 2) == 65_536)
        let error = try #require(throws: JoblibError.self) { try JobCount(65_537).effective(processors: 2) }
        #expect(error.message == "jobs == 65537 in Parallel is more than the 65536 workers that one call can have")
        #expect(throws: JoblibError.self) { try JobCount(.max).effective(processors: 2) }
    }

    @Test("A negative number of processors to leave out is refused, not taken for a number of jobs")
    func negativeException() throws {
        for processors in [-1, -3, Int.min] {
            let error = try #require(throws: JoblibError.self) {
                try JobCount.allProcessors(except: processors).effective(processors: 4)
            }
            #expect(error.message.contains(".allProcessors(except: \(processors))"))
        }
    }

    @Test("There is always one job, even where no processor was counted", arguments: [0, -1])
    func noProcessors(processors: Int) throws {
        #expect(try JobCount.allProcessors.effective(processors: processors) == 1)
    }

    @Test("The label keeps the number as it was written")
    func label() {
        #expect(JobCount(-1).number == -1)
        #expect("n_jobs=\(JobCount.allProcessors(except: 2))" == "n_jobs=-3")
    }
}
