internal import JoblibParallel

/// What the tasks of the checks throw.
struct ConformanceError: Error, Codable, Equatable {
    var number: Int
}

extension BackendConformance {
    /// That a task's failure is told as what it is.
    var failureChecks: [Check] {
        [
            Check("A task that throws ends the call with a TaskFailure that says which task it was") {
                let failure = try await failure {
                    try await parallel().map(numbers(100)) { number -> Int in
                        if number == 17 { throw ConformanceError(number: number) }
                        return number
                    }
                }
                try expect(failure.index == 17, "task 17 threw, task \(failure.index) is blamed")
                try expect(failure.reason == .threw, "the reason is \(failure.reason)")
                try expect(failure.attempt == 1, "the attempt is \(failure.attempt)")
            },
            Check("The first failure ends a call whose input never ends") {
                let failure = try await failure {
                    try await parallel().map(sequence(first: 0) { $0 + 1 }) { number -> Int in
                        if number == 50 { throw ConformanceError(number: number) }
                        return number
                    }
                }
                try expect(failure.index == 50, "task 50 threw, task \(failure.index) is blamed")
            },
            Check("Failures are values where they are asked for, and lose no other task") {
                let results = try await limited {
                    try await parallel(batchSize: 4).mapResults(numbers(100)) { number -> Int in
                        if number % 3 == 0 { throw ConformanceError(number: number) }
                        return number
                    }
                }
                try expect(results.count == 100, "\(results.count) results for 100 tasks")
                for (index, result) in results.enumerated() { try checkEveryThird(index, result) }
            },
            Check("A failed task is tried again as often as asked") {
                let attempts = try await limited {
                    try await parallel(batchSize: 5, retries: .times(2, on: .thrown)).map(numbers(40)) {
                        number -> Int in
                        let attempt = TaskContext.current.attempt
                        if attempt <= number % 3 { throw ConformanceError(number: number) }
                        return attempt
                    }
                }
                try inOrder(attempts, count: 40) { $0 % 3 + 1 }
            },
            Check("A task that overruns its timeout fails with that reason, and holds no other up") {
                let results = try await limited {
                    try await parallel(timeout: .milliseconds(50)).mapResults(numbers(9)) { number -> Int in
                        // Overdue tasks are told so; this one listens, but never returns in time.
                        while number % 4 == 1, !TaskContext.current.isCancelled {}
                        return number
                    }
                }
                for (index, result) in results.enumerated() where index % 4 == 1 {
                    guard case .failure(let failure) = result, case .timedOut = failure.reason else {
                        throw ConformanceViolation("task \(index) overran its timeout, and came to \(result)")
                    }
                }
            },
            Check("Asynchronous tasks run, or are refused with a JoblibError") {
                do {
                    let results = try await limited {
                        try await parallel().map(numbers(50)) { number in
                            await Task.yield()
                            return number + 1
                        }
                    }
                    try inOrder(results, count: 50) { $0 + 1 }
                } catch is JoblibError {
                    // Said clearly, before anything was waited for.
                }
            },
        ]
    }

    private func checkEveryThird(_ index: Int, _ result: Result<Int, TaskFailure>) throws {
        switch result {
        case .success(let number):
            try expect(index % 3 != 0, "task \(index) threw, and has the result \(number)")
            try expect(number == index, "task \(index) has the result \(number)")
        case .failure(let failure):
            try expect(index % 3 == 0, "task \(index) did not throw, and has failed: \(failure)")
            try expect(failure.index == index, "the failure of task \(index) names task \(failure.index)")
        }
    }

    private func failure<R: Sendable>(_ body: @escaping @Sendable () async throws -> R) async throws -> TaskFailure {
        do {
            _ = try await limited(body)
        } catch let failure as TaskFailure {
            return failure
        }
        throw ConformanceViolation("a task threw, and the call returned")
    }
}
