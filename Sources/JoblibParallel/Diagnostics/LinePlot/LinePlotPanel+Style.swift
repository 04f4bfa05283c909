extension LinePlotPanel {
    /// Chosen to differ for the colour-blind too; the second set is for dark screens.
    private static let light = ["#3f78b5", "#d0532b", "#2a8a57", "#8d4bab", "#b8860b", "#1b9aaa", "#6b727c"]
    private static let dark = ["#5f9bdc", "#ee7a52", "#4db37f", "#b57ad1", "#d9a93a", "#45c0cf", "#a0a8b3"]

    /// How many series have a colour of their own.
    static var colours: Int { light.count }

    static var rules: String {
        """
        .joblib .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}\
        .joblib .reference{fill:none;stroke:#8a919b;stroke-width:1.5;stroke-dasharray:6 5}\
        .joblib .marker{stroke:#fff;stroke-width:1}.joblib .legend{fill:#fff;fill-opacity:.85}\
        \(colours(light))@media(prefers-color-scheme:dark){.joblib .marker{stroke:#15181c}\
        .joblib .legend{fill:#15181c}\(colours(dark))}
        """
    }

    private static func colours(_ colours: [String]) -> String {
        colours.enumerated().map { ".joblib .c\($0){stroke:\($1)}.joblib .m\($0){fill:\($1)}" }.joined()
    }
}
