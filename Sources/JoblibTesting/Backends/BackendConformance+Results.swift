internal import JoblibParallel

extension BackendConformance {
    /// That all results come, in order, whatever the form of the call.
    var resultChecks: [Check] {
        [
            Check("The backend has a name for reports and messages") {
                try expect(!backend.name.isEmpty && !backend.messageName.isEmpty, "its name is empty")
            },
            Check("It runs at least one task at once, however many are asked for") {
                for wanted in [nil, 1, 2, -1] as [JobCount?] {
                    let jobs = try backend.effectiveJobs(wanted, processors: 4)
                    try expect(jobs >= 1, "with jobs: \(wanted?.description ?? "nil") it runs \(jobs)")
                }
            },
            Check("An input of nothing gives no results") {
                let results = try await limited { try await parallel().map(numbers(0)) { $0 } }
                try expect(results.isEmpty, "\(results.count) results")
            },
            Check("One task gives one result") {
                let results = try await limited { try await parallel().map(numbers(1)) { $0 + 41 } }
                try expect(results == [41], "the result is \(results) instead of [41]")
            },
            Check("Ten thousand tasks give their results in the order of the input") {
                let results = try await limited { try await parallel().map(numbers(10_000)) { $0 * 2 } }
                try inOrder(results, count: 10_000) { $0 * 2 }
            },
            Check("Batches of any size give the same results") {
                for size in [1, 7, 1000] {
                    let parallel = parallel(batchSize: BatchSize(size))
                    let results = try await limited { try await parallel.map(numbers(500)) { $0 - 1 } }
                    try inOrder(results, count: 500) { $0 - 1 }
                }
            },
            Check("A caller that blocks gets the same results") {
                let results = try await limitedBlocking { try parallel().map(numbers(1000)) { $0 * 3 } }
                try inOrder(results, count: 1000) { $0 * 3 }
            },
            Check("A stream gives the results in the order of the input") {
                let results = try await limited {
                    var results: [Int] = []
                    for try await result in parallel().stream(numbers(300), { $0 + 5 }) { results.append(result) }
                    return results
                }
                try inOrder(results, count: 300) { $0 + 5 }
            },
            Check("A stream in completion order gives each result once") {
                let results = try await limited {
                    var results: [Int] = []
                    let stream = parallel().stream(numbers(300), order: .completion) { $0 }
                    for try await result in stream { results.append(result) }
                    return results
                }
                try inOrder(results.sorted(), count: 300) { $0 }
            },
            Check("A task knows its position, its attempt and a worker number below the number of jobs") {
                let contexts = try await limited {
                    try await parallel().map(numbers(200)) { _ in
                        let context = TaskContext.current
                        return [context.index, context.workerIndex, context.attempt]
                    }
                }
                for (index, context) in contexts.enumerated() {
                    try expect(context[0] == index, "task \(index) takes itself for task \(context[0])")
                    try expect((0..<jobs).contains(context[1]), "task \(index) ran at worker \(context[1]) of \(jobs)")
                    try expect(context[2] == 1, "task \(index) takes its first attempt for number \(context[2])")
                }
            },
            Check("A task's random numbers depend on the seed and its position alone") {
                let seen = try await limited {
                    try await parallel(seed: 11).map(numbers(50)) { _ in TaskContext.current.random.next() }
                }
                let expected = (0..<50).map { index -> UInt64 in
                    var random = TaskRandom(seed: 11, taskIndex: index)
                    return random.next()
                }
                try expect(seen == expected, "the numbers are others")
            },
        ]
    }

    func inOrder(_ results: [Int], count: Int, _ expected: (Int) -> Int) throws {
        try expect(results.count == count, "\(results.count) results for \(count) tasks")
        for (index, result) in results.enumerated() where result != expected(index) {
            throw ConformanceViolation("task \(index) has the result \(result) instead of \(expected(index))")
        }
    }
}
