/// Why a file cannot be read, as a clause; the file's name and the rest of the sentence are added outside.
struct PickleProblem: Error {
    enum Kind {
        /// The bytes are no joblib file, or not all of one.
        case damaged
        /// It holds what is not read.
        case unsupported
    }

    var kind: Kind
    var reason: String
    var remedy: String?

    static func damaged(_ reason: String) -> PickleProblem {
        PickleProblem(kind: .damaged, reason: reason)
    }

    static func unsupported(_ reason: String, _ remedy: String? = nil) -> PickleProblem {
        PickleProblem(kind: .unsupported, reason: reason, remedy: remedy)
    }
}
