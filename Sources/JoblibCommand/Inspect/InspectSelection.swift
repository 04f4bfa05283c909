internal import Joblib
internal import JoblibPersistence

/// A file, and the part of it that is to be shown.
struct InspectSelection {
    let file: FileInspection
    let value: InspectedValue
    /// Where the part is; empty for all.
    let steps: [InspectedStep]

    /// - Throws: `CommandFailure` that says how far the path leads.
    init(_ file: FileInspection, _ select: String?) throws(CommandFailure) {
        self.file = file
        let wanted = InspectedStep.steps(of: select ?? "") ?? []
        let (value, steps, isFound) = file.root.part(at: wanted)
        (self.value, self.steps) = (value, steps)
        guard !isFound else { return }
        let missing = wanted[steps.count].text(isFirst: true)
        let place = steps.isEmpty ? "" : " in \(InspectedStep.text(of: steps))"
        var known = "It has no parts."
        if value.count > 0 {
            let names = (0..<min(value.count, 12)).map { value.part($0).step.text(isFirst: true) }
            known = "There is \(names.joined(separator: ", "))\(value.count > 12 ? ", …" : "")."
        }
        throw .failed("\(file.path) has no \(missing)\(place). \(known)")
    }
}
