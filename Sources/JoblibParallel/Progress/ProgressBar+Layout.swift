extension ProgressBar {
    /// Which parts of the line are shown.
    struct Layout: Sendable {
        enum Failures {
            case words
            case sign
            case none
        }

        static let widestBar = 40

        var label = false
        /// The fewest columns the bar may have; `nil` for no bar.
        var minimumBar: Int?
        var count = true
        var elapsed = false
        var remaining = false
        var rate = false
        var failures = Failures.words

        /// From everything down to a percentage; the first that fits is taken.
        static let byRichness: [Layout] = [
            Layout(label: true, minimumBar: 10, elapsed: true, remaining: true, rate: true),
            Layout(label: true, minimumBar: 8, elapsed: true, remaining: true),
            Layout(minimumBar: 10, elapsed: true, remaining: true, rate: true),
            Layout(minimumBar: 8, elapsed: true, remaining: true),
            Layout(minimumBar: 6, remaining: true),
            Layout(minimumBar: 6, remaining: true, failures: .sign),
            Layout(minimumBar: 6),
            Layout(minimumBar: 4, failures: .sign),
            Layout(minimumBar: 4, count: false, failures: .sign),
            Layout(count: false, failures: .words),
            Layout(count: false, failures: .sign),
            Layout(count: false, failures: .none),
        ]
    }

    /// A line under way: what it says, how wide it is, and which parts alarm.
    struct StyledLine {
        private var parts: [(text: String, isAlarming: Bool)] = []
        private(set) var width = 0

        mutating func append(_ text: String, isAlarming: Bool = false) {
            parts.append((text, isAlarming))
            width += DisplayWidth.columns(text)
        }

        mutating func append(_ other: StyledLine) {
            parts += other.parts
            width += other.width
        }

        func text(colours: Bool) -> String {
            parts.map { $0.isAlarming && colours ? "\u{1B}[31m\($0.text)\u{1B}[0m" : $0.text }.joined()
        }
    }
}
