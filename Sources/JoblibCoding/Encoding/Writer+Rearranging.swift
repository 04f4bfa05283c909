extension Writer {
    /// Puts the nested containers of a value where they belong.
    func insertPending(of index: Int) throws {
        guard let first = pending.firstIndex(where: { $0.frame == index }) else { return }
        let parts = Array(pending[first...])
        pending.removeSubrange(first...)
        for part in parts { try part.writer.finishNested() }

        let begin = parts[0].position
        // Safe: the bytes are copied at once.
        let tail = unsafe Array(written[begin...])
        truncate(to: begin)
        var taken = begin
        for part in parts {
            try append(tail, from: taken - begin, to: part.position - begin)
            // Parts that begin after this one move by its length.
            let length = part.writer.count
            for mark in part.marks..<max(part.marks, marks.count) { marks[mark] += length }
            taken = part.position
            try reserve(length)
            // Safe: the other writer does not change meanwhile.
            unsafe store(part.writer.written)
        }
        try append(tail, from: taken - begin, to: tail.count)
    }

    private func append(_ bytes: [UInt8], from: Int, to: Int) throws {
        try reserve(to - from)
        // Safe: the bytes are copied while the array holds them.
        unsafe bytes.withUnsafeBytes { unsafe store(UnsafeRawBufferPointer(rebasing: $0[from..<to])) }
    }

    /// Completes a nested container or super encoder; whoever still holds it can write no more.
    private func finishNested() throws {
        guard frames.count == 1 else { throw problem(.outOfTurn) }
        try close()
    }

    /// Sorts the parts of a set or of a dictionary by their bytes.
    func sortParts(of frame: Frame) {
        let group = Int(frame.group)
        let starts = stride(from: frame.marks, to: marks.count, by: group).map { marks[$0] }
        rearrange(starts) { ranges, bytes in
            ranges.sorted { bytes[$0].lexicographicallyPrecedes(bytes[$1]) }
        }
    }

    /// Sorts key and value pairs by the key's bytes; of pairs with the same key the last one stays.
    func sortKeys(of frame: Frame) {
        let starts = Array(marks[frame.marks...])
        rearrange(starts) { ranges, bytes in
            let keys = ranges.map { (key: Self.inlineKey(bytes[$0]), whole: $0) }
            let sorted = keys.sorted { first, second in
                if first.key.elementsEqual(second.key) { return first.whole.lowerBound < second.whole.lowerBound }
                return first.key.lexicographicallyPrecedes(second.key)
            }
            return sorted.indices.filter { place in
                place + 1 == sorted.count || !sorted[place].key.elementsEqual(sorted[place + 1].key)
            }.map { sorted[$0].whole }
        }
    }

    /// The bytes of the key that a pair of the canonical form begins with.
    private static func inlineKey(_ pair: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var position = pair.startIndex + 1
        var length = 0
        var shift = 0
        while position < pair.endIndex {
            let byte = pair[position]
            position += 1
            length |= Int(byte & 0x7f) << shift
            shift += 7
            if byte & 0x80 == 0 { break }
        }
        return pair[position..<min(position + length, pair.endIndex)]
    }

    /// Of pairs with the same key, keeps the last one.
    func removeRepeatedKeys(of frame: Frame) {
        // Safe: the reader is gone before the writer changes.
        let starts = unsafe Reader(body: written, keys: session.keys, limits: session.limits)
            .entries(from: frame.start + 1)
        rearrange(starts.map(\.start)) { ranges, _ in
            var last: [String: Int] = [:]
            for (place, entry) in starts.enumerated() { last[entry.name] = place }
            return ranges.indices.filter { last[starts[$0].name] == $0 }.map { ranges[$0] }
        }
    }

    /// Replaces the end of the message, which begins at each of `starts`, by those ranges of it that `choose` returns.
    private func rearrange(_ starts: [Int], _ choose: ([Range<Int>], [UInt8]) -> [Range<Int>]) {
        guard let first = starts.first, starts.count > 1 else { return }
        // Safe: the bytes are copied at once.
        let bytes = unsafe Array(written[first...])
        let ends = starts.dropFirst() + [count]
        let ranges = zip(starts, ends).map { ($0 - first)..<($1 - first) }
        let chosen = choose(ranges, bytes)
        truncate(to: first)
        for range in chosen {
            // Safe: the chosen parts are not longer than all parts were, so there is room.
            unsafe bytes.withUnsafeBytes { unsafe store(UnsafeRawBufferPointer(rebasing: $0[range])) }
        }
    }
}
