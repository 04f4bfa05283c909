internal import JoblibParallel

extension BackendConformance {
    /// How calls end, and that they keep out of each other's way.
    var lifeChecks: [Check] {
        [
            Check("Cancelling the task around a call ends it with a CancellationError") {
                let isCancelled = try await limited {
                    let call = Task { try await parallel().map(sequence(first: 0) { $0 + 1 }) { $0 } }
                    call.cancel()
                    do {
                        _ = try await call.value
                        return false
                    } catch is CancellationError {
                        return true
                    }
                }
                try expect(isCancelled, "an endless call was cancelled, and returned results")
            },
            Check("Letting go of a stream stops its call, and the next call works") {
                let results = try await limited {
                    for _ in 0..<5 {
                        var seen = 0
                        for try await _ in parallel().stream(sequence(first: 0) { $0 + 1 }, { $0 }) {
                            seen += 1
                            if seen == 5 { break }
                        }
                    }
                    return try await parallel().map(numbers(20)) { $0 }
                }
                try inOrder(results, count: 20) { $0 }
            },
            Check("Many calls at once get each its own results") {
                let calls = try await limited {
                    try await withThrowingTaskGroup(of: (Int, [Int]).self) { group in
                        for call in 0..<20 {
                            group.addTask {
                                let results = try await parallel().map(numbers(150), sharing: call) { $0 + 1000 * $1 }
                                return (call, results)
                            }
                        }
                        return try await group.reduce(into: []) { $0.append($1) }
                    }
                }
                for (call, results) in calls { try inOrder(results, count: 150) { $0 + 1000 * call } }
            },
            Check("A call that failed leaves the next one alone") {
                for _ in 0..<20 {
                    _ = try? await limited {
                        try await parallel().map(numbers(50)) { number -> Int in
                            if number == 3 { throw ConformanceError(number: number) }
                            return number
                        }
                    }
                    let results = try await limited { try await parallel().map(numbers(50)) { $0 } }
                    try inOrder(results, count: 50) { $0 }
                }
            },
            Check("A task may make calls of its own") {
                let sums = try await limited {
                    try await parallel().map(numbers(12)) { number in
                        try Parallel(jobs: 2).map(stride(from: 0, to: 20, by: 1)) { $0 }.reduce(number, +)
                    }
                }
                try inOrder(sums, count: 12) { $0 + 190 }
            },
        ]
    }

    /// That a backend that is not there says so, and runs nothing.
    var unreachableChecks: [Check] {
        [
            Check("A call on a backend that can't be reached throws a JoblibError") {
                do {
                    _ = try await limited { try await parallel().map(numbers(3)) { $0 } }
                } catch is JoblibError {
                    return
                }
                throw ConformanceViolation("the call returned results")
            },
            Check("A stream on a backend that can't be reached throws a JoblibError") {
                do {
                    _ = try await limited {
                        for try await _ in parallel().stream(numbers(3), { $0 }) {}
                    }
                } catch is JoblibError {
                    return
                }
                throw ConformanceViolation("the stream came to its end")
            },
            Check("A call on a backend that can't be reached takes nothing from its input") {
                let source = CountedInput()
                _ = try? await limited { try await parallel().map(source) { $0 } }
                try expect(source.taken == 0, "\(source.taken) elements were taken")
            },
        ]
    }
}
