internal import JoblibParallel
internal import JoblibSystem

extension BackendConformance {
    /// Runs `body` in a task of its own, and gives up on it when the limit has passed: a backend that loses a batch must fail
    /// the check, not hang it.
    func limited<R: Sendable>(_ body: @escaping @Sendable () async throws -> R) async throws -> R {
        let limit = limit
        let once = Lock<CheckedContinuation<Result<R, any Error>, Never>?>(nil)
        let resume: @Sendable (Result<R, any Error>) -> Void = { result in
            once.withLock { $0.take() }?.resume(returning: result)
        }
        let result = await withCheckedContinuation { continuation in
            once.withLock { $0 = continuation }
            let work = Task {
                do { resume(.success(try await body())) } catch { resume(.failure(error)) }
            }
            Task {
                try await Task.sleep(for: limit)
                resume(.failure(ConformanceViolation("it did not come to its end within \(limit)")))
                work.cancel()
            }
        }
        return try result.get()
    }

    /// As ``limited(_:)``, on a thread that may block.
    func limitedBlocking<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
        try await limited {
            try await withCheckedThrowingContinuation { continuation in
                let error = OSThread.start(name: "conformance") { continuation.resume(with: Result { try body() }) }
                if error != 0 { continuation.resume(throwing: ConformanceViolation("no thread to run the check on")) }
            }
        }
    }

    /// Waits until `condition` holds; false when the limit passed before.
    func waits(until condition: @Sendable () -> Bool) async throws -> Bool {
        try await waits(atMost: limit, until: condition)
    }

    /// Gives a backend time to do what it must not do; true when it did, at once.
    func soon(_ condition: @Sendable () -> Bool) async throws -> Bool {
        try await waits(atMost: grace, until: condition)
    }

    private func waits(atMost patience: Duration, until condition: @Sendable () -> Bool) async throws -> Bool {
        let clock = ContinuousClock()
        let end = clock.now + patience
        while !condition() {
            if clock.now >= end { return false }
            try await Task.sleep(for: .milliseconds(1))
        }
        return true
    }
}
