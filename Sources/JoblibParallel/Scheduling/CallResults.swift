/// What a call came to.
@usableFromInline
struct CallResults<Output: Sendable>: Sendable {
    @usableFromInline let pieces: [[Result<Output, TaskFailure>]]
    @usableFromInline let report: RunReport

    init(pieces: [[Result<Output, TaskFailure>]], report: RunReport) {
        self.pieces = pieces
        self.report = report
    }

    /// The results, none of which is a failure.
    @inlinable
    func values() throws -> [Output] {
        var values: [Output] = []
        values.reserveCapacity(pieces.reduce(0) { $0 + $1.count })
        for piece in pieces {
            for result in piece { values.append(try result.get()) }
        }
        return values
    }

    /// The results, failures among them.
    func results() -> [Result<Output, TaskFailure>] {
        pieces.count == 1 ? pieces[0] : Array(pieces.joined())
    }
}
