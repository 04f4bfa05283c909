/// One input: a line, a name of a file, a row of a table.
struct MapInput: Hashable, Sendable {
    /// As it was read.
    var whole: [UInt8]
    /// Its columns; the whole, where there are none.
    var columns: [[UInt8]]

    init(whole: [UInt8], columns: [[UInt8]]) {
        self.whole = whole
        self.columns = columns
    }

    init(_ whole: [UInt8]) {
        self.init(whole: whole, columns: [whole])
    }
}
