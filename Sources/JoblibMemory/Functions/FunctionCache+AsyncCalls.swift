internal import JoblibParallel
internal import JoblibSystem

extension FunctionCache {
    /// As the blocking form; whoever waits suspends.
    func obtain<Output: Codable & Sendable>(
        _ key: CacheKey,
        call: () -> TaskCall,
        compute: () async throws -> Output
    ) async throws -> Found<Output> {
        sayQuery(key, call)
        if let found = find(key, Output.self) { return found }
        let flightKey = FlightTable.Key(store: core.storeIdentity, key: key)
        if FlightTable.entered.contains(flightKey) { return try await run(key, call: call(), compute: compute) }
        while true {
            switch FlightTable.shared.join(flightKey) {
            case .leader(let flight): return try await lead(flight, flightKey, call: call, compute: compute)
            case .follower(let flight):
                let outcome = try await flight.wait()
                if let found = joined(outcome, Output.self) ?? find(key, Output.self, again: true) { return found }
            }
        }
    }

    private func lead<Output: Codable & Sendable>(
        _ flight: Flight,
        _ flightKey: FlightTable.Key,
        call: () -> TaskCall,
        compute: () async throws -> Output
    ) async throws -> Found<Output> {
        let key = flightKey.key
        var outcome = Flight.Outcome.nothing
        defer { FlightTable.shared.land(flight, flightKey, outcome) }
        let claim = try await ClaimWait.claim(key, of: core.store)
        defer { claim?.end() }
        if let found = find(key, Output.self, again: true) {
            outcome = .value(found.value, found.info)
            return found
        }
        let found = try await run(key, call: call(), compute: compute)
        outcome = .value(found.value, found.info)
        return found
    }

    func run<Output: Codable & Sendable>(
        _ key: CacheKey,
        call: TaskCall,
        compute: () async throws -> Output
    ) async throws -> Found<Output> {
        begin(key, call)
        let flightKey = FlightTable.Key(store: core.storeIdentity, key: key)
        let start = MonotonicClock.now
        let value = try await FlightTable.$entered.withValue(FlightTable.entered + [flightKey]) { try await compute() }
        return finish(value, key, call, start: start)
    }
}

/// Waiting for another process without a thread of the caller's.
private final class ClaimWait: Sendable {
    private enum State {
        case waiting(CheckedContinuation<StoreClaim?, any Error>?)
        case over
    }

    private let state = Lock(State.waiting(nil))

    /// The claim; nil where there are no locks.
    ///
    /// - Throws: `CancellationError` when the task is cancelled while it waits.
    static func claim(_ key: CacheKey, of store: any MemoryStore) async throws -> StoreClaim? {
        do {
            if let claim = try store.claim(key, wait: false) { return claim }
        } catch {
            return nil
        }
        let wait = ClaimWait()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                guard wait.begin(continuation) else { return continuation.resume(throwing: CancellationError()) }
                let error = OSThread.start(name: "joblib-claim") { wait.end(try? store.claim(key, wait: true)) }
                // No thread to be had: without a claim.
                if error != 0 { wait.end(nil) }
            }
        } onCancel: {
            wait.take()?.resume(throwing: CancellationError())
        }
    }

    private func begin(_ continuation: CheckedContinuation<StoreClaim?, any Error>) -> Bool {
        state.withLock { state in
            guard case .waiting = state else { return false }
            state = .waiting(continuation)
            return true
        }
    }

    /// Gives the claim to the task, or up if that does not wait any more.
    private func end(_ claim: StoreClaim?) {
        if let continuation = take() { continuation.resume(returning: claim) } else { claim?.end() }
    }

    private func take() -> CheckedContinuation<StoreClaim?, any Error>? {
        state.withLock { state in
            defer { state = .over }
            guard case .waiting(let continuation) = state else { return nil }
            return continuation
        }
    }
}
