/// What stands between braces in a command: `{}`, `{.}`, `{/}`, `{//}`, `{/.}`, `{#}`, `{%}`, `{2}`, `{2/.}`, `{name}`.
struct Replacement: Hashable, Sendable {
    /// What is put there.
    enum Subject: Hashable, Sendable {
        /// The input as it was read.
        case whole
        /// A column of it, from 0.
        case column(Int)
        /// The input's number, from 1.
        case sequence
        /// The number of the place among those that run at once, from 1.
        case slot

        /// As it is written where its value does not count.
        var sign: [UInt8] {
            switch self {
            case .whole: Array("{}".utf8)
            case .column(let column): Array("{\(column + 1)}".utf8)
            case .sequence: Array("{#}".utf8)
            case .slot: Array("{%}".utf8)
            }
        }
    }

    /// How much of a path is put there.
    enum Form: Hashable, Sendable {
        case all
        case withoutExtension
        case name
        case directory
        case nameWithoutExtension
    }

    var subject: Subject
    var form = Form.all

    /// Reads what stands between the braces; nil for what is none of ours and stays as it is.
    ///
    /// - Parameters:
    ///   - text: Without the braces.
    ///   - names: The columns' names, if they have some.
    init?(_ text: String, names: [String]) {
        switch text {
        case "": self.init(.whole)
        case "#": self.init(.sequence)
        case "%": self.init(.slot)
        default:
            if let column = Self.column(text, names) {
                self.init(.column(column))
                return
            }
            // The longer one first: "/." ends with ".", and "//" with "/".
            let forms: [(String, Form)] = [
                ("/.", .nameWithoutExtension), ("//", .directory), ("/", .name), (".", .withoutExtension),
            ]
            guard let (suffix, form) = forms.first(where: { text.hasSuffix($0.0) }) else { return nil }
            let head = String(text.dropLast(suffix.count))
            if head.isEmpty {
                self.init(.whole, form)
            } else if let column = Self.column(head, names) {
                self.init(.column(column), form)
            } else {
                return nil
            }
        }
    }

    init(_ subject: Subject, _ form: Form = .all) {
        self.subject = subject
        self.form = form
    }

    private static func column(_ text: String, _ names: [String]) -> Int? {
        if let named = names.firstIndex(of: text) { return named }
        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) } && text.utf8.first != UInt8(ascii: "0")
        guard isNumber, let number = Int(text), number <= 100_000 else { return nil }
        return number - 1
    }

    /// What is put in the place of the braces.
    func value(_ task: MapTask, slot: Int) -> [UInt8] {
        switch subject {
        case .whole: Self.part(form, of: task.input.whole)
        case .column(let column):
            task.input.columns.indices.contains(column) ? Self.part(form, of: task.input.columns[column]) : []
        case .sequence: Array(String(task.sequence).utf8)
        case .slot: Array(String(slot + 1).utf8)
        }
    }

    private static let slash = UInt8(ascii: "/")
    private static let dot = UInt8(ascii: ".")

    static func part(_ form: Form, of path: [UInt8]) -> [UInt8] {
        switch form {
        case .all: path
        case .withoutExtension: withoutExtension(path)
        case .name: name(path)
        case .directory: directory(path)
        case .nameWithoutExtension: withoutExtension(name(path))
        }
    }

    /// As `basename`: what follows the last slash; a slash at the end does not count.
    private static func name(_ path: [UInt8]) -> [UInt8] {
        var end = path.count
        while end > 1, path[end - 1] == slash { end -= 1 }
        if end == 1 { return Array(path[..<end]) }
        let start = path[..<end].lastIndex(of: slash).map { $0 + 1 } ?? 0
        return Array(path[start..<end])
    }

    /// As `dirname`: what stands before the last slash, or a dot.
    private static func directory(_ path: [UInt8]) -> [UInt8] {
        var end = path.count
        while end > 1, path[end - 1] == slash { end -= 1 }
        guard let last = path[..<end].lastIndex(of: slash) else { return [dot] }
        end = last
        while end > 1, path[end - 1] == slash { end -= 1 }
        return end == 0 ? [slash] : Array(path[..<end])
    }

    /// Without the last dot of the name and what follows it. A name that begins with its only dot has no extension.
    private static func withoutExtension(_ path: [UInt8]) -> [UInt8] {
        let start = path.lastIndex(of: slash).map { $0 + 1 } ?? 0
        guard let last = path[start...].lastIndex(of: dot), last > start, last + 1 < path.count else { return path }
        return Array(path[..<last])
    }
}
