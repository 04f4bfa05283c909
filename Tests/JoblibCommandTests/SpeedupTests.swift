import ArgumentParser
import Foundation
import Testing

@testable import JoblibCommand

@Suite("Speed-up: plan, numbers and files")
struct SpeedupTests {
    // MARK: - Statistics and plan

    @Test("The median is the number in the middle, or between the two in the middle")
    func median() {
        #expect(Median.of([3, 1, 2]) == 2)
        #expect(Median.of([4, 1, 3, 2]) == 2.5)
        #expect(Median.of([7]) == 7)
        #expect(Median.of([.nan, 5]) == 5)
        #expect(Median.of([]) == nil)
    }

    @Test(
        "Numbers of jobs go up to the processors, and beyond on small machines",
        arguments: [
            (1, [1, 2]), (2, [1, 2, 3, 4]), (3, [1, 2, 3, 6]), (4, [1, 2, 4, 8]), (6, [1, 2, 4, 6, 12]),
            (64, [1, 2, 4, 8, 16, 32, 64]),
        ]
    )
    func jobs(processors: Int, expected: [Int]) {
        #expect(SpeedupPlan.jobs(processors: processors) == expected)
    }

    @Test("Every number of jobs can share the tasks evenly where that takes no more than four tasks each")
    func tasks() {
        for jobs in [[1, 2], [1, 2, 3, 4], [1, 2, 4, 8], [1, 2, 4, 6, 12], [3, 5]] {
            let tasks = SpeedupPlan.tasks(jobs: jobs)
            #expect(tasks >= 8 && tasks >= 2 * (jobs.last ?? 1), "\(jobs)")
            #expect(jobs.allSatisfy { tasks.isMultiple(of: $0) }, "\(jobs)")
        }
        #expect(SpeedupPlan.tasks(jobs: [7, 11, 13]) == 52)
        #expect(SpeedupPlan.tasks(jobs: []) == 8)
    }

    @Test("Sizes fit the time, and use it", arguments: Workload.allCases)
    func budget(workload: Workload) throws {
        let plan = SpeedupPlan(
            workload: workload,
            sizes: [],
            jobs: [1, 2, 4],
            backends: [.threads, .processes],
            tasks: 8,
            repetitions: 5
        )
        var largest = 0
        for seconds in [0.1, 2, 20, 200] {
            let budget = SpeedupBudget(seconds: seconds, processors: 2, probeSeconds: 1e-3)
            let sizes = budget.sizes(for: plan)
            #expect(sizes == sizes.sorted() && Set(sizes).count == sizes.count)
            #expect(sizes.allSatisfy(workload.sizes.contains))
            let last = try #require(sizes.last)
            #expect(last >= largest)
            largest = last
            if seconds >= 20 {
                #expect(sizes.count == SpeedupBudget.sizeCount)
                #expect(budget.seconds(sizes, plan) <= seconds)
            }
        }
        #expect(largest > workload.probe)
    }

    // MARK: - Workloads

    @Test("The convolution is the sum that defines it")
    func convolution() {
        let size = 7
        var generator = SplitMix64(seed: UInt64(size))
        let (a, b) = (generator.doubles(size), generator.doubles(size))
        let expected = (0..<2 * size - 1).map { n in
            (0..<size).reduce(0.0) { $0 + ((0..<size).contains(n - $1) ? a[$1] * b[n - $1] : 0) }
        }
        for (value, wanted) in zip(convolveRandom(size), expected) { #expect(abs(value - wanted) < 1e-12) }
        #expect(convolveRandom(size).count == expected.count && convolveRandom(0).isEmpty)
    }

    @Test("The product of matrices is the sum that defines it")
    func product() {
        let size = 5
        var generator = SplitMix64(seed: UInt64(size))
        let (a, b) = (generator.doubles(size * size), generator.doubles(size * size))
        let product = multiplyRandom(size)
        #expect(product.count == size * size)
        for row in 0..<size {
            for column in 0..<size {
                let sum = (0..<size).reduce(0.0) { $0 + a[row * size + $1] * b[$1 * size + column] }
                #expect(abs(product[row * size + column] - sum) < 1e-12)
            }
        }
    }

    @Test("Every setting is measured as often as asked, and progress is told of each")
    func run() throws {
        let plan = SpeedupPlan(
            workload: .convolution,
            sizes: [2, 3],
            jobs: [1, 2],
            backends: [.threads],
            tasks: 4,
            repetitions: 3
        )
        var told: [Int] = []
        let measured = try SpeedupRun(plan: plan) { done, _, _ in told.append(done) }.measure()
        #expect(Set(measured.keys) == Set(plan.cells) && plan.cells.count == 6)
        #expect(measured.values.allSatisfy { $0.count == 3 && $0.allSatisfy { $0 > 0 } })
        #expect(told == Array(0...18))
        // A deadline that has passed leaves one round.
        let once = try SpeedupRun(plan: plan, deadline: 0) { _, _, _ in }.measure()
        #expect(once.values.allSatisfy { $0.count == 1 })
    }

    // MARK: - Results

    @Test("times.txt brings back what was measured", arguments: Workload.allCases)
    func timesFile(workload: Workload) throws {
        var result = SpeedupResult.sample(workload: workload, sizes: [10, 200, 3000])
        result.seconds[1][1] = 1e-7 / 3
        #expect(try SpeedupResult(timesFile: result.timesFile) == result)
        #expect(result.timesFile.split(separator: "\n").last { !$0.hasPrefix("#") }?.split(separator: " ").count == 3)
    }

    @Test("What is no times.txt is refused with a reason")
    func damagedTimesFile() {
        let good = SpeedupResult.sample().timesFile
        func reason(_ text: String) -> String {
            do {
                _ = try SpeedupResult(timesFile: text)
                return ""
            } catch {
                return error.description
            }
        }
        #expect(reason("").contains("workload"))
        #expect(reason("1.0 2.0\n3.0 4.0\n").contains("missing"))
        #expect(reason(good.replacing("convolution", with: "knitting")).contains("'knitting'"))
        #expect(reason(good.replacing("tasks: 16", with: "tasks: 99999999999999999999")).contains("tasks"))
        #expect(reason(good.replacing("columns: 200", with: "columns: 900000")).contains("columns"))
        #expect(reason(good.replacing("threads:4", with: "threads:5")).contains("rows"))
        #expect(reason(good.replacing("threads:4", with: "threads")).contains("threads:2"))
        #expect(reason(good + "0.5\n").contains("9 lines of 4"))
        #expect(reason(good + "nan nan nan nan\n").contains("'nan'"))
        for length in stride(from: 0, to: good.utf8.count - 2, by: 7) {
            // Cut anywhere: an error or, where only digits are lost, other times; never a trap.
            _ = try? SpeedupResult(timesFile: String(good.prefix(length)))
        }
    }

    @Test("The CSV has a line for each setting")
    func csv() {
        let lines = SpeedupResult.sample().csv.split(separator: "\r\n")
        #expect(lines.count == 1 + 9 * 4)
        let columns = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        #expect(columns.allSatisfy { $0.count == 10 })
        #expect(columns[0][3] == "size" && columns[1][1] == "sequential" && columns[1][9] == "1.0")
    }

    @Test("JSON says the same, and is JSON")
    func json() throws {
        let text = SpeedupResult.sample().json.text
        let object = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(object["workload"] as? String == "convolution")
        #expect(object["jobs"] as? [Int] == [1, 2, 4, 8])
        let results = try #require(object["results"] as? [[String: Any]])
        #expect(results.count == 36)
        #expect(results.last?["backend"] as? String == "processes")
        #expect(results.last?["speedup"] is Double)
    }

    @Test("The table has a line for each backend and number of jobs, colours only where wanted")
    func table() {
        let plain = SpeedupResult.sample().table(TextStyle(isTerminal: false) { _ in nil })
        #expect(plain.count == 10)
        #expect(plain[0].contains("20,000 samples"))
        #expect(plain[2].hasPrefix("threads") && plain[2].contains("1.00×"))
        #expect(!plain.contains { $0.contains("\u{1B}") })
        let coloured = SpeedupResult.sample(overhead: 1).table(TextStyle(isTerminal: true) { _ in nil })
        #expect(coloured[4].contains("\u{1B}[32m4.00×\u{1B}[0m"))
        #expect(coloured[8].contains("\u{1B}[31m0.00×"))
    }

    // MARK: - The sentence

    @Test("The finding names the gain with a job for each processor, and what not to do")
    func finding() {
        #expect(
            SpeedupResult.sample(overhead: 1e-7).finding
                == "With 4 jobs the convolution of 20,000 samples ran 4.00 times as fast on threads and 4.00 times on "
                + "processes; more jobs than the 4 processors gain nothing."
        )
        #expect(
            SpeedupResult.sample(sizes: [100, 20_000], overhead: 1e-3).finding
                == "With 4 jobs the convolution of 20,000 samples ran 4.00 times as fast on threads and 3.98 times on "
                + "processes; tasks of 1.25 µs (100 samples) gain nothing on processes (0.02 times), so let each task do "
                + "more."
        )
        #expect(SpeedupResult.sample(jobs: [1, 2], processors: 1).finding.contains("there is one processor"))
        #expect(SpeedupResult.sample(overhead: 10).finding.contains("gain nothing on processes"))
        #expect(SpeedupResult.sample(backends: [.processes], overhead: 10).finding.contains("hardly faster"))
        #expect(SpeedupResult.sample(jobs: [1]).finding == "Nothing was measured with more than one job.")
        let findings = [SpeedupResult.sample(), .sample(workload: .sleep), .sample(workload: .matrix)].map(\.finding)
        #expect(findings.allSatisfy { $0.hasSuffix(".") && !$0.dropLast().contains(". ") })
        #expect(findings[1].hasPrefix("With 8 jobs tasks that sleep for 20,000 ms ran"))
    }

    @Test("The ideal grows with the jobs and ends at the processors, unless tasks only wait")
    func ideal() throws {
        let chart = SpeedupResult.sample(jobs: [1, 2, 8], processors: 3).chart(against: .jobs)
        let ideal = try #require(chart.panels[0].series.last)
        #expect(ideal.isReference)
        #expect(ideal.points.map(\.x) == [1, 2, 3, 8] && ideal.points.map(\.y) == [1, 2, 3, 3])
        let waiting = SpeedupResult.sample(workload: .sleep, jobs: [1, 2, 8], processors: 3).chart(against: .jobs)
        #expect(waiting.panels[0].series.last?.points.map(\.y) == [1, 2, 8])
        #expect(chart.legend.map(\.isReference) == [false, false, false, false, true])
    }

    // MARK: - Options

    @Test("Lists of numbers have commas or blanks between them")
    func lists() throws {
        let command = try SpeedupCommand.parse(["--sizes", "30,10", "20", "--jobs", "2,1,2"])
        let plan = try command.plan(processors: 2)
        #expect(plan.sizes == [10, 20, 30] && plan.jobs == [1, 2])
        #expect(plan.backends == [.threads, .processes])
        #expect(
            NumberList(argument: "1,,2") == nil && NumberList(argument: "") == nil && NumberList(argument: "x") == nil
        )
    }

    @Test(
        "Values that mean nothing are refused with what would be possible",
        arguments: [
            (["--jobs", "0"], "1 to 1024"), (["--sizes", "0"], "1 to 10000000 samples"),
            (["--workload", "matrix", "--sizes", "20000"], "1 to 10000 rows"), (["--tasks", "0"], "1 to 100000"),
            (["--repetitions", "0"], "1 to 1000"), (["--seconds", "nan"], "1 to 86400"),
            (["--seconds", "0.5"], "86400"),
            (["--workload", "knitting"], "convolution"), (["--backends", "gpu"], "threads"),
            (["--backends", "sequential"], "name threads or processes"),
            (["--plot-only", "times.txt", "--jobs", "2"], "--plot-only"), (["--sizes", "many"], "many"),
        ]
    )
    func refused(arguments: [String], text: String) {
        do {
            _ = try SpeedupCommand.parse(arguments)
            Issue.record("\(arguments) was taken")
        } catch {
            #expect(SpeedupCommand.fullMessage(for: error).contains(text))
            #expect(CommandExit.code(of: error) == CommandExit.wrongUse)
        }
    }
}
