/// Why bytes cannot be read as a value; the value's reader adds where.
struct ReadProblem: Error {
    var kind: CodingFailure.Kind
    var reason: String

    static func ends(at position: Int) -> ReadProblem {
        ReadProblem(kind: .malformed, reason: "the message ends too early, at byte \(position)")
    }

    static func malformed(_ what: String, at position: Int) -> ReadProblem {
        ReadProblem(kind: .malformed, reason: "\(what) at byte \(position)")
    }

    static func mismatch(_ expected: String, found: UInt8) -> ReadProblem {
        let kind: CodingFailure.Kind = found == Token.null ? .missing : .mismatch
        return ReadProblem(kind: kind, reason: "expected \(expected), found \(Token.name(found))")
    }

    static func tooDeep(_ limit: Int) -> ReadProblem {
        ReadProblem(kind: .overLimit, reason: "more than \(limit) values inside one another")
    }
}
