import JoblibParallel
import Testing

@Suite struct PreDispatchTests {
    @Test(
        "Every form comes to the number that joblib computes",
        arguments: [
            ("2*n_jobs", 4, 8), ("3*n_jobs", 2, 6), ("1.5 * n_jobs", 3, 4), ("1.5*n_jobs", 4, 6), (" n_jobs ", 5, 5),
            (6, 2, 6), (1, 64, 1), (.perJob(1.5), 3, 4), (.perJob(0.5), 2, 1), (PreDispatch(7), 2, 7),
            ("n_jobs//2", 9, 4), (10_000_000, 2, 10_000_000), (.perJob(1e300), 2, .max),
        ] as [(PreDispatch, Int, Int)]
    )
    func counts(value: PreDispatch, jobs: Int, expected: Int) throws {
        #expect(try value.tasks(jobs: jobs) == expected)
    }

    @Test("All has no limit, written as a name or as joblib's text")
    func all() throws {
        #expect(try PreDispatch.all.tasks(jobs: 2) == nil)
        let literal: PreDispatch = "all"
        #expect(literal == .all)
        #expect(try PreDispatch(parsing: " all ") == .all)
    }

    @Test(
        "A value of less than one task is an error, never an empty result",
        arguments: [
            (0, "got: 0"), (-1, "got: -1"), (.perJob(0.25), "got: 0.5 from .perJob(0.25) with n_jobs = 2"),
            (.perJob(0), "got: 0.0"), (.perJob(-3), "got: -6.0"), ("n_jobs-2", "got: 0 from \"n_jobs-2\""),
            ("n_jobs/3", "got: 0.6666666666666666 from \"n_jobs/3\" with n_jobs = 2"), ("-1", "got: -1"),
        ] as [(PreDispatch, String)]
    )
    func lessThanOne(value: PreDispatch, text: String) throws {
        let error = try #require(throws: JoblibError.self) { try value.tasks(jobs: 2) }
        #expect(error.code == .invalidArgument)
        #expect(error.message.hasPrefix("preDispatch must come to at least one task, got: "))
        #expect(error.message.contains(text))
    }

    @Test("A factor that is no number is an error", arguments: [Double.nan, .infinity, -.infinity, 1e308])
    func notFinite(factor: Double) throws {
        let error = try #require(throws: JoblibError.self) { try PreDispatch.perJob(factor).tasks(jobs: 100) }
        #expect(error.message == "preDispatch: .perJob(\(factor)) is not a number of tasks")
    }

    @Test("A literal that is no expression is reported by the call, in joblib's words")
    func invalidLiteral() throws {
        let value: PreDispatch = "foo*n_jobs"
        let error = try #require(throws: JoblibError.self) { try value.tasks(jobs: 2) }
        #expect(error.message == "'foo*2' is not a valid or supported arithmetic expression.")
        #expect(error.remedy?.hasPrefix("It comes from preDispatch: 'foo*n_jobs'. Write .all,") == true)

        let division: PreDispatch = "1/0"
        let other = try #require(throws: JoblibError.self) { try division.tasks(jobs: 2) }
        #expect(other.message == "'1/0' is not a valid or supported arithmetic expression.")
        #expect(other.remedy?.hasPrefix("Write .all") == true)
    }

    @Test("A text that is too long is reported with its length after the number of jobs was put in")
    func tooLong() throws {
        let value: PreDispatch = "2*n_jobs+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1"
        let error = try #require(throws: JoblibError.self) { try value.tasks(jobs: 2) }
        let message = "Expression '2*2+1+1+1+1+1+1+1+1+1+1+1+1+1+'... is too long. Max length is 30, got 43."
        #expect(error.message == message)
    }

    @Test("A number that is too large is reported in joblib's words")
    func tooLarge() throws {
        let value: PreDispatch = "10000000*n_jobs"
        let error = try #require(throws: JoblibError.self) { try value.tasks(jobs: 2) }
        #expect(error.message == "Numeric literal 10000000 is too large, max is 1000000.")
    }

    @Test("Control characters and great lengths of a text do not reach the terminal")
    func hostileText() throws {
        let control = try #require(throws: JoblibError.self) { try PreDispatch(parsing: "a\u{1B}[2J\n'") }
        #expect(control.message == "\"a\\u{1b}[2J\\n'\" is not a valid or supported arithmetic expression.")
        let long = try #require(throws: JoblibError.self) {
            try PreDispatch(parsing: String(repeating: "é", count: 100_000))
        }
        #expect(long.description.utf8.count < 1_000)
    }

    @Test(
        "Parsing reports at once what no number of jobs can mend",
        arguments: ["", "foo", "1/0", "0", "1e7", "n_jobs*"]
    )
    func parsing(text: String) {
        #expect(throws: JoblibError.self) { try PreDispatch(parsing: text) }
    }

    @Test("Parsing leaves to the call what depends on the number of jobs")
    func parsingWithVariable() throws {
        let value = try PreDispatch(parsing: "4//(n_jobs-1)")
        #expect(try value.tasks(jobs: 3) == 2)
        #expect(throws: JoblibError.self) { try value.tasks(jobs: 1) }
        #expect(value == "4//(n_jobs-1)")
    }

    @Test("A value describes itself as it is written")
    func description() {
        #expect("\(PreDispatch.all) \(PreDispatch(3)) \(PreDispatch.perJob(1.5))" == ".all 3 .perJob(1.5)")
        #expect(PreDispatch(stringLiteral: "2*n_jobs").description == "\"2*n_jobs\"")
    }
}
