internal import JoblibSystem

/// The words of a command for one input, the first of which is the command, and what else is known of them.
struct CommandWords: RandomAccessCollection, Sendable {
    private let words: [[UInt8]]
    /// What they were made of; nil for words that are nobody's.
    private let origin: (template: CommandTemplate, task: MapTask)?

    /// Words that no input has made.
    init(_ words: [[UInt8]] = []) {
        self.words = words
        origin = nil
    }

    init(_ template: CommandTemplate, _ task: MapTask, slot: Int) {
        words = template.words(task, slot: slot, fixed: [])
        origin = (template, task)
    }

    /// The input's number.
    var number: Int? { origin?.task.sequence }

    var startIndex: Int { words.startIndex }
    var endIndex: Int { words.endIndex }
    subscript(place: Int) -> [UInt8] { words[place] }

    /// The command as a job log has it and as it is found there again: its place and its number may be others then.
    var logLine: [UInt8] { ByteText.shellLine(fixed([.slot, .sequence])) }

    /// The words by which a cache knows the command: the place it runs at makes no difference.
    var cached: [[UInt8]] { fixed([.slot]) }

    private func fixed(_ subjects: Set<Replacement.Subject>) -> [[UInt8]] {
        guard let (template, task) = origin else { return words }
        let fixed = template.ignorable(subjects)
        return fixed.isEmpty ? words : template.words(task, slot: 0, fixed: fixed)
    }

    /// All that may be a name of a file in the command, but for the command itself: words, what follows `=` or `@` in
    /// them, and the values that were put in, wherever.
    var possibleFiles: [[UInt8]] {
        var names: [[UInt8]] = []
        for word in words.dropFirst() {
            names.append(word)
            for (place, byte) in word.enumerated() where byte == UInt8(ascii: "=") || byte == UInt8(ascii: "@") {
                let rest = word.count - place - 1
                if rest > 0, rest <= Self.longestPath { names.append(Array(word[(place + 1)...])) }
            }
        }
        guard let (template, task) = origin else { return names }
        for place in template.places {
            switch place.subject {
            case .whole, .column:
                // "{.}.txt" may be what the input itself names.
                names.append(Replacement(place.subject).value(task, slot: 0))
                names.append(place.value(task, slot: 0))
            case .sequence, .slot: break
            }
        }
        return names
    }

    /// As long as a path can be on Linux; others allow less.
    private static let longestPath = 4096
}

extension CommandRequest {
    init(path: [UInt8], arguments: CommandWords, niceness: Int) {
        self.init(path: path, arguments: Array(arguments), niceness: niceness)
    }
}
