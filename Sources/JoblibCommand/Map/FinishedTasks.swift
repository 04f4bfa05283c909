internal import JoblibSystem

/// The tasks that a job log says are done.
///
/// A task is known by its command, not by its number: inputs may have been added before it. Of commands that are the
/// same, as many are done as the log has.
struct FinishedTasks {
    /// 128 bits for a command, which take less memory than its words.
    private struct Key: Hashable {
        let first: Int
        let second: Int

        init(_ bytes: some Collection<UInt8>) {
            var hasher = Hasher()
            hasher.combine(1)
            for byte in bytes { hasher.combine(byte) }
            first = hasher.finalize()
            hasher = Hasher()
            hasher.combine(2)
            for byte in bytes { hasher.combine(byte) }
            second = hasher.finalize()
        }
    }

    private var counts: [Key: Int] = [:]

    /// - Parameters:
    ///   - path: A job log; none is there before the first run.
    ///   - onlySucceeded: What has failed is to be run again.
    init(_ path: String, onlySucceeded: Bool) throws {
        guard ByteFile.regularSize(Array(path.utf8)) != nil else { return }
        let file = try ByteFile.open(Array(path.utf8))
        var parser = RecordParser(.lines)
        /// The last that was said of each task: a later run may have done what an earlier one had not.
        var last: [Key: (command: Key, isDone: Bool)] = [:]
        var isEnded = false
        while !isEnded {
            guard let bytes = try ByteFile.readSome(file, upTo: 64 << 10) else { break }
            // A last line without its end is half a line; the parser is never told of the end.
            isEnded = bytes.isEmpty
            parser.add(bytes)
            while let line = try parser.next() { Self.read(line.whole, onlySucceeded, &last) }
        }
        for (command, isDone) in last.values where isDone { counts[command, default: 0] += 1 }
    }

    private static func read(_ line: [UInt8], _ onlySucceeded: Bool, _ last: inout [Key: (command: Key, isDone: Bool)])
    {
        let tab = UInt8(ascii: "\t")
        let fields = line.split(separator: tab, maxSplits: 8, omittingEmptySubsequences: false)
        guard fields.count == 9, let code = Int32(String(decoding: fields[6], as: UTF8.self)),
            let signal = Int32(String(decoding: fields[7], as: UTF8.self))
        else { return }
        let isDone = !onlySucceeded || (code == 0 && signal == 0)
        last[Key(fields[0] + [tab] + fields[8])] = (Key(fields[8]), isDone)
    }

    /// Whether a task is done; each one is found once.
    mutating func take(_ words: [[UInt8]]) -> Bool {
        guard !counts.isEmpty else { return false }
        let key = Key(ByteText.shellLine(words))
        guard let count = counts[key] else { return false }
        counts[key] = count > 1 ? count - 1 : nil
        return true
    }
}
