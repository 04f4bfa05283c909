/// Colours and letters that all pictures share, light and dark.
package enum SVGTheme {
    /// Rules are bound to the picture's class, so that one embedded in a page does not restyle the page.
    static let light = """
        .joblib text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif;\
        font-size:12px;fill:#3c4149}\
        .joblib .back{fill:#fff}.joblib .title{font-size:20px;font-weight:600;fill:#16191d}\
        .joblib .heading{font-size:15px;font-weight:600;fill:#16191d}\
        .joblib .note{font-size:14px}.joblib .soft{fill:#6b727c}\
        .joblib .track{fill:#f1f3f5}.joblib .grid{stroke:#d9dde2;stroke-width:1}\
        .joblib .axis{stroke:#9aa1ab;stroke-width:1;fill:none}
        """

    /// What differs on dark screens.
    static let dark = """
        @media(prefers-color-scheme:dark){.joblib text{fill:#c6cbd3}.joblib .back{fill:#15181c}\
        .joblib .title,.joblib .heading{fill:#f2f4f7}.joblib .soft{fill:#9098a3}.joblib .track{fill:#20252b}\
        .joblib .grid{stroke:#343b44}.joblib .axis{stroke:#6d7681}}
        """

    /// About how wide `text` is at a font size: enough to break lines and to choose what fits.
    package static func width(of text: String, size: Double) -> Double {
        var units = 0.0
        for character in text.unicodeScalars {
            switch character {
            case "i", "j", "l", ".", ",", ":", ";", "'", "|", "!", "I": units += 0.31
            case "f", "r", "t", " ", "(", ")", "-", "/": units += 0.37
            case "m", "w", "M", "W", "%", "…": units += 0.88
            case "A"..."Z", "<", ">", "+", "=": units += 0.69
            default: units += character.isASCII || character.value < 0x1100 ? 0.57 : 1
            }
        }
        return units * size
    }

    /// Breaks `text` into lines of at most `width`, between words.
    package static func lines(of text: String, size: Double, width: Double) -> [String] {
        var lines: [String] = []
        for word in text.split(separator: " ") {
            if let last = lines.last, self.width(of: "\(last) \(word)", size: size) <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }
}
