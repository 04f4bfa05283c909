import Foundation

/// The Holt-Winters method: a level, a trend and a season, each a weighted mean of the newest observation and its past.
///
/// The equations are those of Hyndman and Athanasopoulos, Forecasting: Principles and Practice, chapter 8.
struct ExponentialSmoothing {
    /// How much of a damped trend is left after each observation.
    private static let damping = 0.98

    private let configuration: SmoothingConfiguration
    private var level: Double
    private var trend: Double
    /// One value for each place in the season; the next observation's is at `place`.
    private var season: [Double]
    private var place = 0

    /// Starts from the first two seasons of a history and learns from all of it.
    init(_ configuration: SmoothingConfiguration, fittedTo history: [Double]) throws {
        self.configuration = configuration
        let period = configuration.seasonality == .none ? 1 : configuration.period
        guard history.count >= 2 * period else {
            throw ForecastError.historyTooShort(needed: 2 * period, observations: history.count)
        }
        if configuration.trend == .multiplicative || configuration.seasonality == .multiplicative {
            guard history.allSatisfy({ $0 > 0 }) else { throw ForecastError.notPositive }
        }

        let first = mean(history[..<period])
        let second = mean(history[period..<2 * period])
        level = first
        switch configuration.trend {
        case .none: trend = 0
        case .additive: trend = (second - first) / Double(period)
        case .multiplicative: trend = pow(second / first, 1 / Double(period))
        }
        switch configuration.seasonality {
        case .none: season = [0]
        case .additive: season = history[..<period].map { $0 - first }
        case .multiplicative: season = history[..<period].map { $0 / first }
        }
        for observation in history {
            observe(observation)
        }
    }

    /// What the next observation should be.
    func forecast() throws -> Double {
        let forecast =
            switch configuration.seasonality {
            case .none: nextLevel
            case .additive: nextLevel + season[place]
            case .multiplicative: nextLevel * season[place]
            }
        guard forecast.isFinite else { throw ForecastError.diverged }
        return forecast
    }

    private var dampedTrend: Double {
        guard configuration.isDamped else { return trend }
        return configuration.trend == .multiplicative ? pow(trend, Self.damping) : trend * Self.damping
    }

    /// The level that the trend leads to.
    private var nextLevel: Double {
        switch configuration.trend {
        case .none: level
        case .additive: level + dampedTrend
        case .multiplicative: level * dampedTrend
        }
    }

    private mutating func observe(_ observation: Double) {
        let expected = nextLevel
        let (alpha, beta, gamma) = (configuration.alpha, configuration.beta, configuration.gamma)
        let deseasonalized =
            switch configuration.seasonality {
            case .none: observation
            case .additive: observation - season[place]
            case .multiplicative: observation / season[place]
            }
        let oldLevel = level
        level = alpha * deseasonalized + (1 - alpha) * expected
        switch configuration.trend {
        case .none: break
        case .additive: trend = beta * (level - oldLevel) + (1 - beta) * dampedTrend
        case .multiplicative: trend = beta * (level / oldLevel) + (1 - beta) * dampedTrend
        }
        switch configuration.seasonality {
        case .none: break
        case .additive: season[place] = gamma * (observation - expected) + (1 - gamma) * season[place]
        case .multiplicative: season[place] = gamma * (observation / expected) + (1 - gamma) * season[place]
        }
        place = (place + 1) % season.count
    }
}

/// Why a configuration has no forecast; `Codable`, so that it comes back whole from a worker process too.
enum ForecastError: Error, Codable, CustomStringConvertible {
    case historyTooShort(needed: Int, observations: Int)
    case notPositive
    case diverged

    var description: String {
        switch self {
        case .historyTooShort(let needed, let observations):
            "two seasons take \(needed) observations, there are \(observations)"
        case .notPositive:
            "a multiplicative model needs observations above zero"
        case .diverged:
            "the forecast grew without bound"
        }
    }
}

private func mean(_ values: some Collection<Double>) -> Double {
    values.reduce(0, +) / Double(values.count)
}
