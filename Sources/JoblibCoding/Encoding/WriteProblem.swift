/// Why a value cannot be written; the writer adds where.
struct WriteProblem: Error {
    var kind: CodingFailure.Kind
    var reason: String

    static func tooLong(_ limit: Int) -> WriteProblem {
        WriteProblem(kind: .overLimit, reason: "the message is longer than \(limit) bytes")
    }

    static func tooDeep(_ limit: Int) -> WriteProblem {
        WriteProblem(kind: .overLimit, reason: "more than \(limit) values inside one another")
    }

    /// A container was used after its value was complete, or while a value in it was being written.
    static let outOfTurn = WriteProblem(
        kind: .refused,
        reason: "its encode(to:) used a container while another value was being written, or kept it and used it later"
    )

    /// Two containers that exclude each other were asked for.
    static let twoShapes = WriteProblem(
        kind: .refused,
        reason: "its encode(to:) wrote more than one value, or asked for two different containers"
    )
}
