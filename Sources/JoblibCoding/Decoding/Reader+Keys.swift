/// A key and value pair: where the pair and its value begin.
struct KeyEntry {
    var name: String
    var start: Int
    var value: Int
}

extension Reader {
    /// The next key; nil at the end of the container.
    func key(_ position: inout Int) throws(ReadProblem) -> String? {
        let begin = position
        let token = try variable(&position)
        if token == KeyToken.end { return nil }
        if token == KeyToken.inline {
            let count = try length(&position)
            return try text(count, &position)
        }
        let place = token - KeyToken.firstInTable
        guard place < UInt64(keys.count) else { throw .malformed("a key is not in the table", at: begin) }
        return keys[Int(place)]
    }

    /// Is `name` the next key? Goes past it if it is.
    @inline(__always)
    func take(_ name: String, _ position: inout Int) throws(ReadProblem) -> Bool {
        var next = position
        let token = try variable(&next)
        guard token >= KeyToken.firstInTable else {
            next = position
            guard let key = try key(&next), key == name else { return false }
            position = next
            return true
        }
        let place = token &- KeyToken.firstInTable
        guard place < UInt64(keys.count) else { throw .malformed("a key is not in the table", at: position) }
        guard keys[Int(place)] == name else { return false }
        position = next
        return true
    }

    /// The key at `position`, for a path.
    func name(at position: Int) -> String? {
        var position = position
        return (try? key(&position)) ?? nil
    }

    /// All pairs from `position` on, up to the end of the container or of the bytes.
    func entries(from position: Int) -> [KeyEntry] {
        var entries: [KeyEntry] = []
        var position = position
        while position < end {
            let start = position
            guard let name = (try? key(&position)) ?? nil else { break }
            entries.append(KeyEntry(name: name, start: start, value: position))
            guard (try? skip(&position, depth: 0)) != nil else { break }
        }
        return entries
    }
}
