/// A command with places where inputs are put.
///
/// Without a shell an input is always a part of one argument, whatever bytes it has. With one it never becomes a part
/// of the script: it is handed over as a parameter (`$1`), so that no quotes and no `$(…)` in it can mean anything.
struct CommandTemplate: Sendable {
    /// A part of a word.
    enum Piece: Hashable, Sendable {
        case text([UInt8])
        case place(Replacement)
    }

    /// The words, the first of which is the command.
    private(set) var words: [[Piece]]

    /// Splits a command into words by rules that are the shell's where they overlap: blanks separate words; `'…'` takes
    /// all as it is, `"…"` all but `\"` and `\\`, a backslash the next character. Places are recognised in quotes, too;
    /// `\{` is a brace.
    ///
    /// - Parameters:
    ///   - text: The command.
    ///   - names: The columns' names, if they have some.
    /// - Throws: `CommandFailure` when a quote is not closed, there is no word, or one that only a shell understands.
    init(_ text: [UInt8], names: [String]) throws(CommandFailure) {
        words = try WordSplitter(text, names: names).words()
        guard !words.isEmpty else { throw .wrongUse("The command is empty.") }
        appendInputIfNowhere(columns: max(names.count, 1))
    }

    /// A script for `/bin/sh`.
    init(script: [UInt8], names: [String]) throws(CommandFailure) {
        guard script.contains(where: { !WordSplitter.isBlank($0) }) else { throw .wrongUse("The command is empty.") }
        let (text, places) = try ScriptWriter(script, names: names).script()
        let head = ["/bin/sh", "-c"].map { Array($0.utf8) } + [text, Array("sh".utf8)]
        words = head.map { [.text($0)] } + places.map { [.place($0)] }
    }

    private mutating func appendInputIfNowhere(columns: Int) {
        let hasPlace = words.contains { $0.contains { if case .place = $0 { true } else { false } } }
        guard !hasPlace else { return }
        // Of a table with a header, each column is an argument.
        words +=
            columns > 1 ? (0..<columns).map { [.place(Replacement(.column($0)))] } : [[.place(Replacement(.whole))]]
    }

    /// The columns that the command needs at least.
    var columnCount: Int {
        var count = 0
        for case .place(let place) in words.joined() {
            if case .column(let column) = place.subject { count = max(count, column + 1) }
        }
        return count
    }

    /// The command's name, if it does not depend on the input.
    var constantName: [UInt8]? {
        var name: [UInt8] = []
        for piece in words[0] {
            guard case .text(let text) = piece else { return nil }
            name += text
        }
        return name
    }

    /// Each value that is put in.
    var places: Set<Replacement> {
        var places: Set<Replacement> = []
        for case .place(let place) in words.joined() { places.insert(place) }
        return places
    }

    /// Those of some subjects without which commands for different inputs still differ: where a number is all that tells
    /// them apart, it counts.
    func ignorable(_ subjects: Set<Replacement.Subject>) -> Set<Replacement.Subject> {
        var used: Set<Replacement.Subject> = []
        for case .place(let place) in words.joined() { used.insert(place.subject) }
        let others = used.subtracting([.slot, .sequence])
        return others.isEmpty ? used.intersection(subjects).subtracting([.sequence]) : used.intersection(subjects)
    }

    /// The words for an input.
    func words(_ task: MapTask, slot: Int) -> CommandWords { CommandWords(self, task, slot: slot) }

    /// The words for an input, in which some subjects stay as they are written: `{%}`.
    func words(_ task: MapTask, slot: Int, fixed: Set<Replacement.Subject>) -> [[UInt8]] {
        words.map { word in
            if word.count == 1, case .text(let text) = word[0] { return text }
            var bytes: [UInt8] = []
            for piece in word {
                switch piece {
                case .text(let text): bytes += text
                case .place(let place):
                    bytes += fixed.contains(place.subject) ? place.subject.sign : place.value(task, slot: slot)
                }
            }
            return bytes
        }
    }
}
