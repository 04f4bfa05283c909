internal import JoblibSystem

/// Colours for terminals; plain text elsewhere.
struct TextStyle: Sendable {
    let isOn: Bool

    /// Colours only on a terminal that can show them, and only if the user has not refused them (https://no-color.org).
    init(isTerminal: Bool, environment: (String) -> String?) {
        let refused = environment("NO_COLOR").map { !$0.isEmpty } ?? false
        isOn = isTerminal && !refused && environment("TERM") != "dumb"
    }

    /// For what is printed on standard output.
    static var output: TextStyle {
        TextStyle(isTerminal: Terminal.isTerminal(StandardOutput.descriptor), environment: Environment.value)
    }

    func bold(_ text: String) -> String { wrap(text, "1") }
    func dim(_ text: String) -> String { wrap(text, "2") }
    func red(_ text: String) -> String { wrap(text, "31") }
    func green(_ text: String) -> String { wrap(text, "32") }
    func yellow(_ text: String) -> String { wrap(text, "33") }
    func cyan(_ text: String) -> String { wrap(text, "36") }

    private func wrap(_ text: String, _ code: String) -> String {
        isOn && !text.isEmpty ? "\u{1b}[\(code)m\(text)\u{1b}[0m" : text
    }
}
