/// What the library finds on a machine, in sections, for people and for programs.
struct InfoReport {
    /// One thing that is known.
    struct Fact {
        /// For programs.
        var key: String
        var value: JSONValue
        /// For people: what it is, and the value in words; nil for what programs only want to know.
        var label: String
        var text: String?
        /// Whether something is missing here.
        var isBad = false
    }

    /// Facts that belong together.
    struct Section {
        /// For programs.
        var key: String
        /// For people.
        var title: String
        var facts: [Fact]
    }

    var sections: [Section]

    /// For programs: an object for each section.
    var json: JSONValue {
        .object(
            sections.map { section in
                (section.key, .object(section.facts.filter { !$0.key.isEmpty }.map { ($0.key, $0.value) }))
            }
        )
    }

    /// For people.
    func lines(_ style: TextStyle) -> [String] {
        let labels = sections.flatMap(\.facts).filter { $0.text != nil }.map(\.label.count)
        let width = labels.max() ?? 0
        var lines: [String] = []
        for section in sections {
            if !lines.isEmpty { lines.append("") }
            lines.append(style.bold(section.title))
            for fact in section.facts {
                guard let text = fact.text else { continue }
                let label = fact.label + String(repeating: " ", count: width - fact.label.count)
                lines.append("  \(label)  \(fact.isBad ? style.red(text) : text)")
            }
        }
        return lines
    }
}
