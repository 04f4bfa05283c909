/// Where the values of a container with keys begin.
struct KeyIndex {
    var entries: [KeyEntry]
    private var next = 0
    private var places: [String: Int] = [:]

    init(_ entries: [KeyEntry]) {
        self.entries = entries
        guard entries.count > 8 else { return }
        for (place, entry) in entries.enumerated() { places[entry.name] = place }
    }

    mutating func find(_ name: String) -> Int? {
        if next < entries.count, entries[next].name == name {
            next += 1
            return entries[next - 1].value
        }
        let place = entries.count > 8 ? places[name] : entries.lastIndex { $0.name == name }
        guard let place else { return nil }
        next = place + 1
        return entries[place].value
    }
}

extension ValueReader {
    func openKeyed() throws {
        if cursor != nil || index != nil { return }
        let token = try reading([String: Any].self) { () throws(ReadProblem) in try reader.peek(start) }
        switch token {
        case Token.keyed: cursor = start + 1
        case Token.nothing:
            index = KeyIndex([])
            end = start + 1
        default: throw failure(.mismatch("a container with keys", found: token), [String: Any].self)
        }
    }

    /// The place of the value for `name`; nil if there is none.
    @inline(__always)
    func find(_ name: String) throws(ReadProblem) -> Int? {
        if let begin = cursor {
            var position = begin
            if try reader.take(name, &position) {
                if try reader.peek(position) == Token.absent {
                    cursor = position + 1
                    return nil
                }
                pairValue = position
                return position
            }
            try buildIndex()
        }
        return try findInIndex(name)
    }

    private func findInIndex(_ name: String) throws(ReadProblem) -> Int? {
        guard let position = index?.find(name), try reader.peek(position) != Token.absent else { return nil }
        return position
    }

    /// Called after the value at `position` was read up to `next`.
    @inline(__always)
    func passed(_ position: Int, to next: Int) {
        if cursor != nil, position == pairValue { cursor = next }
    }

    private func buildIndex() throws(ReadProblem) {
        var next = start + 1
        index = KeyIndex(try allEntries(&next))
        cursor = nil
        end = next
    }

    /// Goes past all pairs.
    private func allEntries(_ position: inout Int) throws(ReadProblem) -> [KeyEntry] {
        var entries: [KeyEntry] = []
        while true {
            let start = position
            guard let name = try reader.key(&position) else { return entries }
            entries.append(KeyEntry(name: name, start: start, value: position))
            try reader.skip(&position, depth: depth + 1)
        }
    }

    /// The keys that have values.
    func names() -> [String] {
        var position = start + 1
        let entries = index?.entries ?? (try? allEntries(&position)) ?? []
        return entries.filter { (try? reader.peek($0.value)) != Token.absent }.map(\.name)
    }
}
