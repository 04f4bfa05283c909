import ArgumentParser

/// A time on the command line: `10` or `10s`, `1.5`, `200ms`, `2m`, `1h`.
struct MapDuration: ExpressibleByArgument, Hashable, Sendable {
    let duration: Duration

    init?(argument: String) {
        let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)]
        let (suffix, unit) = units.first { argument.hasSuffix($0.0) } ?? ("", 1)
        guard let number = PlainNumber.read(String(argument.dropLast(suffix.count))), number * unit < 9e9 else {
            return nil
        }
        duration = .seconds(number * unit)
    }

    /// Never more than 9e18, by the limit above.
    var nanoseconds: UInt64 { UInt64(duration / .nanoseconds(1)) }
}
