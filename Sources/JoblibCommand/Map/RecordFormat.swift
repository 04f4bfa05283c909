/// How inputs are told apart, and their columns.
struct RecordFormat: Hashable, Sendable {
    enum Form: Hashable, Sendable {
        /// Records end with this byte.
        case terminated(UInt8)
        /// Rows as RFC 4180 has them: fields in quotes may hold line ends.
        case csv
    }

    var form: Form
    /// Separates the columns; nil: there is one.
    var delimiter: UInt8?
    /// The first row has the columns' names.
    var hasHeader: Bool

    static let lines = RecordFormat(form: .terminated(UInt8(ascii: "\n")), delimiter: nil, hasHeader: false)

    /// Whether an input has more than one column.
    var hasColumns: Bool { form == .csv || delimiter != nil }
}
