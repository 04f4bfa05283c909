internal import JoblibParallel
internal import JoblibSystem

// How a call comes to its result, for functions that block. FunctionCache+AsyncCalls has the same steps for those that suspend.

extension FunctionCache {
    /// The result of a call: found, computed by somebody else meanwhile, or computed here.
    func obtain<Output: Codable & Sendable>(
        _ key: CacheKey,
        call: () -> TaskCall,
        compute: () throws -> Output
    ) throws -> Found<Output> {
        sayQuery(key, call)
        if let found = find(key, Output.self) { return found }
        let flightKey = FlightTable.Key(store: core.storeIdentity, key: key)
        // Asked for from inside itself: it would wait for its own end.
        if FlightTable.entered.contains(flightKey) { return try run(key, call: call(), compute: compute) }
        while true {
            switch FlightTable.shared.join(flightKey) {
            case .leader(let flight): return try lead(flight, flightKey, call: call, compute: compute)
            case .follower(let flight):
                if let found = joined(flight.wait(), Output.self) ?? find(key, Output.self, again: true) {
                    return found
                }
            }
        }
    }

    private func lead<Output: Codable & Sendable>(
        _ flight: Flight,
        _ flightKey: FlightTable.Key,
        call: () -> TaskCall,
        compute: () throws -> Output
    ) throws -> Found<Output> {
        let key = flightKey.key
        var outcome = Flight.Outcome.nothing
        defer { FlightTable.shared.land(flight, flightKey, outcome) }
        // Where there are no locks, two processes may compute the same: no harm but time.
        let claim = try? core.store.claim(key, wait: true)
        defer { claim?.end() }
        // Another process may have stored it since we looked.
        let found = try find(key, Output.self, again: true) ?? run(key, call: call(), compute: compute)
        outcome = .value(found.value, found.info)
        return found
    }

    /// Calls the function, whatever is stored, and stores the result.
    func run<Output: Codable & Sendable>(
        _ key: CacheKey,
        call: TaskCall,
        compute: () throws -> Output
    ) throws -> Found<Output> {
        begin(key, call)
        let flightKey = FlightTable.Key(store: core.storeIdentity, key: key)
        let start = MonotonicClock.now
        let value = try FlightTable.$entered.withValue(FlightTable.entered + [flightKey]) { try compute() }
        return finish(value, key, call, start: start)
    }

    // MARK: - Steps of both forms

    func sayQuery(_ key: CacheKey, _ call: () -> TaskCall) {
        guard core.messages.verbose >= 20 else { return }
        core.say(core.messages.querying(call(), digest: key.digest, location: core.storeIdentity))
    }

    /// What a flight has brought to one who waited for it.
    func joined<Output>(_ outcome: Flight.Outcome, _ type: Output.Type) -> Found<Output>? {
        guard case .value(let value, let info) = outcome, let value = value as? Output else { return nil }
        core.count { statistics in
            statistics.hits += 1
            statistics.timeSaved += info.duration
        }
        return (value, CacheInfo(isHit: true, age: info.age, duration: info.duration))
    }

    func begin(_ key: CacheKey, _ call: TaskCall) {
        core.say(core.messages.computing(name, digest: key.digest, location: core.storeIdentity))
        core.say(core.messages.calling(call))
    }

    func finish<Output: Codable & Sendable>(
        _ value: Output,
        _ key: CacheKey,
        _ call: TaskCall,
        start: UInt64
    ) -> Found<Output> {
        let duration = Duration.nanoseconds(Int64(clamping: MonotonicClock.now - start))
        core.count { $0.misses += 1 }
        core.say(core.messages.called(name, took: duration))
        let info = CacheInfo(isHit: false, age: .zero, duration: duration)
        let isKept = keep(value, key, call: call, duration: duration)
        // The mapped result right away: what was computed can go.
        if isKept, mapped, let reader = try? reader(of: key),
            let stored = try? reader.value(Output.self, mapped: true)
        {
            return (stored, info)
        }
        return (value, info)
    }
}
