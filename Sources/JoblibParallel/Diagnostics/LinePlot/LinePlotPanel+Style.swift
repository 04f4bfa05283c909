extension LinePlotPanel {
    /// Chosen to differ for the colour-blind too; the second set is for dark screens.
    private static let lightColours = ["#3f78b5", "#d0532b", "#2a8a57", "#8d4bab", "#b8860b", "#1b9aaa", "#6b727c"]
    private static let darkColours = ["#5f9bdc", "#ee7a52", "#4db37f", "#b57ad1", "#d9a93a", "#45c0cf", "#a0a8b3"]
    /// For when the colours begin again; those of a reference are longer than these.
    private static let dashes = ["none", "9 4", "2 4", "9 4 2 4"]

    static let light = """
        .joblib .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}\
        .joblib .reference{fill:none;stroke:#8a919b;stroke-width:1.5;stroke-dasharray:6 5}\
        .joblib .marker{stroke:#fff;stroke-width:1}.joblib .legend{fill:#fff;fill-opacity:.85}\
        .joblib .over{font-weight:600}\(colours(lightColours))\
        \(dashes.indices.dropFirst().map { ".joblib .d\($0){stroke-dasharray:\(dashes[$0]);stroke-linecap:butt}" }.joined())
        """

    static let dark = """
        @media(prefers-color-scheme:dark){.joblib .marker{stroke:#15181c}\
        .joblib .legend{fill:#15181c}\(colours(darkColours))}
        """

    private static func colours(_ colours: [String]) -> String {
        colours.enumerated().map { ".joblib .c\($0){stroke:\($1)}.joblib .m\($0){fill:\($1)}" }.joined()
    }

    /// How one series differs from the others.
    struct Look {
        /// The style rules that give line and markers their colour; empty for a colour of the user's.
        private let rule: Int?
        private let own: SVGColor?
        private let dash: Int
        /// Which form the markers have: another one than the neighbours', for those who cannot tell the colours apart.
        let marker: Int

        /// - Parameters:
        ///   - series: The series; references are all alike and take nothing from the others.
        ///   - before: The series before it.
        init(_ series: LinePlot.Series, after before: some Collection<LinePlot.Series>) {
            let drawn = before.filter { $0.style != .reference }
            let automatic = drawn.count { $0.ownColor == nil }
            own = series.ownColor
            marker = drawn.count
            rule = own == nil ? automatic % lightColours.count : nil
            dash = own == nil ? automatic / lightColours.count % dashes.count : 0
        }

        var lineClass: String { "line" + (rule.map { " c\($0)" } ?? "") + (dash == 0 ? "" : " d\(dash)") }
        var markerClass: String { "marker" + (rule.map { " m\($0)" } ?? "") }
        var lineStyle: String { own.map { "stroke:\($0.text)" } ?? "" }
        var markerStyle: String { own.map { "fill:\($0.text)" } ?? "" }
    }
}
