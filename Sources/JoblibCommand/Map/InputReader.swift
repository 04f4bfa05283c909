internal import JoblibSystem

/// Gives the inputs one by one, and reads no further ahead than a buffer of 64 KiB.
final class InputReader {
    enum Next {
        case input(MapInput)
        /// Nothing is there yet; ``descriptor`` becomes readable.
        case later
        case end
    }

    private static let readAhead = 64 << 10

    private let format: RecordFormat
    private var parser: RecordParser
    private let file: OpenFile?
    private let name: String
    private var list: ArraySlice<[UInt8]>
    /// Inputs that are there.
    let count: Int?

    /// Inputs that are there: the arguments.
    init(_ inputs: [[UInt8]], format: RecordFormat) {
        self.format = format
        parser = RecordParser(format)
        file = nil
        name = ""
        list = inputs[...]
        count = format.hasHeader ? max(inputs.count - 1, 0) : inputs.count
    }

    /// Inputs from a file, a pipe or a terminal.
    ///
    /// - Parameter name: What errors call it.
    init(_ file: OpenFile, name: String, format: RecordFormat) {
        self.name = name
        self.format = format
        parser = RecordParser(format)
        self.file = file
        list = []
        count = nil
    }

    /// What becomes readable when there is more; nil where nothing has to be waited for.
    var descriptor: Int32? { parser.isFinished ? nil : file?.file.number }

    /// The next input, if it is there.
    ///
    /// - Parameter wait: Until there is one, or the end.
    func next(wait: Bool = false) throws -> Next {
        guard let file else {
            guard let bytes = list.popFirst() else { return .end }
            return .input(try row(bytes))
        }
        while true {
            if let input = try parser.next() { return .input(input) }
            if parser.isFinished { return .end }
            if !wait, try !Poll.wait(for: file.file.number, until: 0) { return .later }
            guard let bytes = try read(file) else {
                guard wait else { return .later }
                _ = try Poll.wait(for: file.file.number)
                continue
            }
            if bytes.isEmpty { parser.finish() } else { parser.add(bytes) }
        }
    }

    private func read(_ file: OpenFile) throws -> [UInt8]? {
        do {
            return try ByteFile.readSome(file.file, upTo: Self.readAhead)
        } catch {
            let error = SystemError(code: error.code, operation: "read", path: name)
            throw CommandFailure.failed("Inputs cannot be read: \(error)")
        }
    }

    /// An argument's columns.
    private func row(_ bytes: [UInt8]) throws -> MapInput {
        guard format.hasColumns else { return MapInput(bytes) }
        let delimiter = format.delimiter ?? UInt8(ascii: ",")
        if format.form == .csv { return MapInput(whole: bytes, columns: RecordParser.fields(bytes[...], delimiter)) }
        let columns = bytes.split(separator: delimiter, omittingEmptySubsequences: false).map { Array($0) }
        return MapInput(whole: bytes, columns: columns)
    }
}

/// A file with an owner.
final class OpenFile {
    let file: FileDescriptor

    init(_ file: consuming FileDescriptor) {
        self.file = file
    }
}
