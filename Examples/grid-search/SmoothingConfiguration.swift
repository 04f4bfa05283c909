/// One point of the grid: the form of an exponential smoothing model, and how fast it forgets.
struct SmoothingConfiguration: Codable, Hashable, Sendable {
    enum Trend: String, Codable, CaseIterable, Sendable {
        case none, additive, multiplicative
    }

    enum Seasonality: String, Codable, CaseIterable, Sendable {
        case none, additive, multiplicative
    }

    var trend: Trend
    /// Whether the trend flattens out with time.
    var isDamped: Bool
    var seasonality: Seasonality
    /// Observations in a season.
    var period: Int
    /// The weight of the newest observation in the level, the trend and the seasonality, between 0 and 1.
    var alpha: Double
    var beta: Double
    var gamma: Double

    /// Every configuration for seasons of `period` observations, the weights taking `steps` values between 0 and 1.
    ///
    /// A weight that a configuration does not use, beta without a trend and gamma without seasonality, is 0.
    static func grid(period: Int, steps: Int) -> [SmoothingConfiguration] {
        let weights = (1...steps).map { Double($0) / Double(steps + 1) }
        var grid: [SmoothingConfiguration] = []
        for trend in Trend.allCases {
            for isDamped in trend == .none ? [false] : [false, true] {
                for seasonality in Seasonality.allCases {
                    for alpha in weights {
                        for beta in trend == .none ? [0] : weights {
                            for gamma in seasonality == .none ? [0] : weights {
                                grid.append(
                                    SmoothingConfiguration(
                                        trend: trend,
                                        isDamped: isDamped,
                                        seasonality: seasonality,
                                        period: period,
                                        alpha: alpha,
                                        beta: beta,
                                        gamma: gamma
                                    )
                                )
                            }
                        }
                    }
                }
            }
        }
        return grid
    }
}

extension SmoothingConfiguration: CustomStringConvertible {
    var description: String {
        var parts = ["trend: \(trend.rawValue)\(isDamped ? ", damped" : "")"]
        parts.append("seasonality: \(seasonality.rawValue)\(seasonality == .none ? "" : " of \(period)")")
        parts.append("alpha: \(alpha)")
        if trend != .none { parts.append("beta: \(beta)") }
        if seasonality != .none { parts.append("gamma: \(gamma)") }
        return "[" + parts.joined(separator: ", ") + "]"
    }
}
