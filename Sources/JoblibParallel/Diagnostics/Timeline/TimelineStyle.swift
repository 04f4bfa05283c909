/// How the bars of a timeline look: colours that the colour-blind can tell apart, hatching for retries.
enum TimelineStyle {
    static let order: [TimelineBars.Kind] = [
        TimelineBars.Kind(outcome: .succeeded, isRetry: false),
        TimelineBars.Kind(outcome: .succeeded, isRetry: true),
        TimelineBars.Kind(outcome: .cancelled, isRetry: false),
        TimelineBars.Kind(outcome: .cancelled, isRetry: true),
        TimelineBars.Kind(outcome: .timedOut, isRetry: false),
        TimelineBars.Kind(outcome: .timedOut, isRetry: true),
        TimelineBars.Kind(outcome: .failed, isRetry: false),
        TimelineBars.Kind(outcome: .failed, isRetry: true),
    ]

    static let rules = """
        .joblib .small{font-size:10px}.joblib .inside text{font-size:11px;fill:#fff}\
        .joblib .again text{paint-order:stroke;stroke:#1d2733;stroke-opacity:.7;stroke-width:2.5px;stroke-linejoin:round}\
        .joblib .succeeded{fill:#3f78b5}.joblib .failed{fill:#c8321f}.joblib .timedOut{fill:#e08214}\
        .joblib .cancelled{fill:#878e98}.joblib .hatch{fill:#fff;fill-opacity:.35}\
        \(order.filter(\.isRetry).map { ".joblib .\(name($0)){fill:url(#\(hatchName($0)))}" }.joined())\
        @media(prefers-color-scheme:dark){.joblib .succeeded{fill:#4f8ccc}.joblib .failed{fill:#e2503c}\
        .joblib .timedOut{fill:#e9963a}.joblib .hatch{fill:#15181c}}
        """

    static func name(_ kind: TimelineBars.Kind) -> String {
        kind.isRetry ? "\(kind.outcome.rawValue)Again" : kind.outcome.rawValue
    }

    private static func hatchName(_ kind: TimelineBars.Kind) -> String {
        "joblib-\(name(kind))"
    }

    /// The pattern that fills a retry's bar: its outcome's colour with oblique lines.
    static func hatch(_ kind: TimelineBars.Kind) -> String {
        "<pattern id=\"\(hatchName(kind))\" width=\"7\" height=\"7\" patternUnits=\"userSpaceOnUse\" "
            + "patternTransform=\"rotate(45)\"><rect class=\"\(kind.outcome.rawValue)\" width=\"7\" height=\"7\"/>"
            + "<rect class=\"hatch\" width=\"2.5\" height=\"7\"/></pattern>"
    }

    static func caption(_ kind: TimelineBars.Kind) -> String {
        let outcome =
            switch kind.outcome {
            case .succeeded: "succeeded"
            case .failed: "failed"
            case .timedOut: "timed out"
            case .cancelled: "cancelled"
            }
        return kind.isRetry ? "\(outcome), a further attempt" : outcome
    }
}
