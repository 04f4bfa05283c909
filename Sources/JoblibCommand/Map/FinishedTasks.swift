internal import JoblibSystem

/// The tasks that a job log says are done.
///
/// A task is known by its command, not by its number: inputs may have been added before it. Of commands that are the
/// same, as many are done as the log has; where they have `{#}`, one of a later number does not stand for an earlier one,
/// which is not the same if it has other inputs before it.
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

    private struct Line {
        var command: Key
        var isDone: Bool
        /// The task's number, where it is a part of the command.
        var number: Int?
    }

    private var counts: [Key: Int] = [:]
    /// Of commands with `{#}`.
    private var numbers: [Key: Set<Int>] = [:]

    /// - Parameters:
    ///   - path: A job log; none is there before the first run.
    ///   - onlySucceeded: What has failed is to be run again.
    init(_ path: String, onlySucceeded: Bool) throws {
        guard ByteFile.regularSize(Array(path.utf8)) != nil else { return }
        let file = try ByteFile.open(Array(path.utf8))
        var parser = RecordParser(.lines)
        /// The last that was said of each task: a later run may have done what an earlier one had not.
        var last: [Key: Line] = [:]
        var isEnded = false
        while !isEnded {
            guard let bytes = try ByteFile.readSome(file, upTo: 64 << 10) else { break }
            // A last line without its end is half a line; the parser is never told of the end.
            isEnded = bytes.isEmpty
            parser.add(bytes)
            while let line = try parser.next() { Self.read(line.whole, onlySucceeded, &last) }
        }
        for line in last.values where line.isDone {
            if let number = line.number {
                numbers[line.command, default: []].insert(number)
            } else {
                counts[line.command, default: 0] += 1
            }
        }
    }

    private static func read(_ line: [UInt8], _ onlySucceeded: Bool, _ last: inout [Key: Line]) {
        let tab = UInt8(ascii: "\t")
        let fields = line.split(separator: tab, maxSplits: 8, omittingEmptySubsequences: false)
        guard fields.count == 9, let code = Int32(String(decoding: fields[6], as: UTF8.self)),
            let signal = Int32(String(decoding: fields[7], as: UTF8.self))
        else { return }
        let isDone = !onlySucceeded || (code == 0 && signal == 0)
        let isNumbered = Self.hasNumber(fields[8])
        let number = isNumbered ? Int(String(decoding: fields[0], as: UTF8.self)) : nil
        last[Key(fields[0] + [tab] + fields[8])] = Line(command: Key(fields[8]), isDone: isDone, number: number)
    }

    private static func hasNumber(_ command: ArraySlice<UInt8>) -> Bool {
        let sign = Replacement.Subject.sequence.sign
        return command.indices.contains { command[$0] == sign[0] && command[$0...].starts(with: sign) }
    }

    /// Whether a task is done; each one is found once.
    mutating func take(_ words: CommandWords) -> Bool {
        guard !counts.isEmpty || !numbers.isEmpty else { return false }
        let key = Key(words.logLine)
        if let number = words.number, let done = numbers[key] {
            guard let taken = done.contains(number) ? number : done.filter({ $0 < number }).min() else { return false }
            numbers[key]?.remove(taken)
            return true
        }
        guard let count = counts[key] else { return false }
        counts[key] = count > 1 ? count - 1 : nil
        return true
    }
}
