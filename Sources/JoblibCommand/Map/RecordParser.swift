/// Cuts bytes into records, however the bytes come.
struct RecordParser {
    /// Longer records are refused: no system takes such an argument, and memory is to stay small.
    static let longest = 16 << 20

    private let format: RecordFormat
    /// What has come and is no record yet.
    private var buffer: [UInt8] = []
    /// Where the record begins that comes next.
    private var start = 0
    /// How far the search for its end has come, and whether in quotes.
    private var searched = 0
    private var isInQuotes = false
    private var isAtFieldStart = true
    private var isQuotedField = false
    private var isFirst = true
    private(set) var isFinished = false
    private(set) var recordCount = 0

    init(_ format: RecordFormat) {
        self.format = format
    }

    mutating func add(_ bytes: [UInt8]) {
        // What is done with is dropped once it is most of the buffer, so that each byte is moved once or twice at most.
        if start > buffer.count / 2 {
            buffer.removeFirst(start)
            searched -= start
            start = 0
        }
        buffer += bytes
    }

    /// Nothing more will come.
    mutating func finish() { isFinished = true }

    /// The next record that is complete.
    ///
    /// - Throws: `CommandFailure` for a quote that is not closed, or a record that is too long.
    mutating func next() throws(CommandFailure) -> MapInput? {
        if isFirst, format.form == .csv, buffer.count >= 3 || isFinished {
            // Spreadsheets write a byte order mark.
            if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { (start, searched) = (3, 3) }
            isFirst = false
        } else if isFirst, format.form == .csv {
            return nil
        }
        while let record = try nextBytes() {
            recordCount += 1
            // An empty row is no row.
            if format.form == .csv, record.isEmpty { continue }
            return try input(record)
        }
        return nil
    }

    private mutating func nextBytes() throws(CommandFailure) -> ArraySlice<UInt8>? {
        switch format.form {
        case .terminated(let terminator):
            if let end = buffer[searched...].firstIndex(of: terminator) { return take(upTo: end, skipping: 1) }
        case .csv:
            if let end = endOfRow() {
                let isPair = end > start && buffer[end - 1] == UInt8(ascii: "\r")
                return take(upTo: isPair ? end - 1 : end, skipping: isPair ? 2 : 1)
            }
        }
        searched = buffer.count
        guard buffer.count - start <= Self.longest else {
            throw .failed(
                "Input \(recordCount + 1) is longer than 16 MiB. Are inputs separated by zero bytes (--null)?"
            )
        }
        guard isFinished, start < buffer.count else { return nil }
        if isInQuotes { throw .failed("Row \(recordCount + 1) of the table has a quoted field that is not closed.") }
        return take(upTo: buffer.count, skipping: 0)
    }

    private mutating func take(upTo end: Int, skipping count: Int) -> ArraySlice<UInt8> {
        defer {
            start = end + count
            searched = start
            (isInQuotes, isAtFieldStart, isQuotedField) = (false, true, false)
        }
        return buffer[start..<end]
    }

    private mutating func endOfRow() -> Int? {
        let quote = UInt8(ascii: "\"")
        let delimiter = format.delimiter ?? UInt8(ascii: ",")
        while searched < buffer.count {
            let byte = buffer[searched]
            if isInQuotes {
                // Two in a row are one of the field's: out, and in again.
                if byte == quote { isInQuotes = false }
            } else if byte == UInt8(ascii: "\n") {
                return searched
            } else if byte == quote, isAtFieldStart || (isQuotedField && buffer[searched - 1] == quote) {
                (isInQuotes, isQuotedField) = (true, true)
            }
            isAtFieldStart = !isInQuotes && byte == delimiter
            if isAtFieldStart { isQuotedField = false }
            searched += 1
        }
        return nil
    }

    private func input(_ record: ArraySlice<UInt8>) throws(CommandFailure) -> MapInput {
        switch (format.form, format.delimiter) {
        case (.csv, let delimiter):
            MapInput(whole: Array(record), columns: Self.fields(record, delimiter ?? UInt8(ascii: ",")))
        case (_, .some(let delimiter)):
            MapInput(
                whole: Array(record),
                columns: record.split(separator: delimiter, omittingEmptySubsequences: false).map { Array($0) }
            )
        case (_, nil): MapInput(Array(record))
        }
    }

    /// The fields of a row, without their quotes.
    static func fields(_ record: ArraySlice<UInt8>, _ delimiter: UInt8) -> [[UInt8]] {
        let quote = UInt8(ascii: "\"")
        var fields: [[UInt8]] = []
        var field: [UInt8] = []
        var isInQuotes = false
        var wasQuoted = false
        var place = record.startIndex
        while place < record.endIndex {
            let byte = record[place]
            if isInQuotes {
                if byte != quote {
                    field.append(byte)
                } else if place + 1 < record.endIndex, record[place + 1] == quote {
                    field.append(quote)
                    place += 1
                } else {
                    isInQuotes = false
                }
            } else if byte == delimiter {
                fields.append(field)
                (field, wasQuoted) = ([], false)
            } else if byte == quote, field.isEmpty, !wasQuoted {
                (isInQuotes, wasQuoted) = (true, true)
            } else {
                field.append(byte)
            }
            place += 1
        }
        fields.append(field)
        return fields
    }
}
