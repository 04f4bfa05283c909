/// A configuration and the root of the mean squared error of its forecasts: the smaller, the better.
struct Score: Codable, Sendable {
    var configuration: SmoothingConfiguration
    var error: Double
}

/// Forecasts each of the last `testCount` observations from those before it, and scores the forecasts.
func scoreModel(
    _ data: [Double],
    _ testCount: Int,
    _ configuration: SmoothingConfiguration
) throws -> Score {
    // Walk forward: each observation of the test joins the history once it has been forecast.
    var history = Array(data.dropLast(testCount))
    var squares = 0.0
    for observation in data.suffix(testCount) {
        let forecast = try ExponentialSmoothing(configuration, fittedTo: history).forecast()
        squares += (observation - forecast) * (observation - forecast)
        history.append(observation)
    }
    return Score(configuration: configuration, error: (squares / Double(testCount)).squareRoot())
}
