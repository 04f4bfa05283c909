/// Results that have come and not been taken, in the order in which they are to be handed out.
///
/// Kept in the pieces in which they came: with short tasks, looking at each result would cost more than the tasks.
struct ResultBuffer<Output: Sendable>: Sendable {
    typealias Piece = [Result<Output, TaskFailure>]

    private let order: ResultOrder
    /// In submission order: pieces that wait for one before them, by the position of their first result.
    private var waiting: [Int: Piece] = [:]
    private var ready: [Piece] = []
    /// The position of the first result that is not ready.
    private var next = 0

    init(order: ResultOrder) {
        self.order = order
    }

    /// Adds the results of neighbouring tasks.
    mutating func store(_ piece: Piece, from first: Int) {
        guard !piece.isEmpty else { return }
        guard order == .submission else { return ready.append(piece) }
        // The usual case needs no looking up.
        if first == next {
            ready.append(piece)
            next += piece.count
        } else {
            waiting[first] = piece
        }
        if waiting.isEmpty { return }
        while let piece = waiting.removeValue(forKey: next) {
            ready.append(piece)
            next += piece.count
        }
    }

    /// True when there is a result to hand out.
    var hasReady: Bool { !ready.isEmpty }

    /// Takes out all results that can be handed out now.
    mutating func takeReady() -> [Piece] {
        defer { ready = [] }
        return ready
    }
}
