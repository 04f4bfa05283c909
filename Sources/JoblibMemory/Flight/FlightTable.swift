internal import JoblibParallel

/// Which calls are being computed in this process, so that none is computed twice at once.
final class FlightTable: Sendable {
    /// A call: where its result is kept, and what it is.
    struct Key: Hashable, Sendable {
        let store: String
        let key: CacheKey
    }

    enum Role {
        /// Nobody computes it: whoever asked does, and lands the flight.
        case leader(Flight)
        /// Somebody does: wait.
        case follower(Flight)
    }

    static let shared = FlightTable()

    private let flights = Lock<[Key: Flight]>([:])

    func join(_ key: Key) -> Role {
        flights.withLock { flights in
            if let flight = flights[key] { return .follower(flight) }
            let flight = Flight()
            flights[key] = flight
            return .leader(flight)
        }
    }

    /// Ends a leader's flight.
    func land(_ flight: Flight, _ key: Key, _ outcome: Flight.Outcome) {
        flights.withLock { $0[key] = nil }
        flight.land(outcome)
    }

    /// The calls in which the running code is: one that is asked for again from inside itself must not wait for itself.
    @TaskLocal static var entered: [Key] = []
}
