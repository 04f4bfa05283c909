extension Writer {
    /// Writes a key by its place in the table. There is room.
    @inline(__always)
    func putKey(_ place: UInt64, of frame: Int) {
        let bit: UInt64 = 1 << (place & 63)
        if frames[frame].seen & bit != 0 { frames[frame].mayRepeat = true }
        frames[frame].seen |= bit
        storeVariable(place)
    }

    /// Writes a key that its type did not use before, or one of too many.
    @inline(never)
    func putNewKey(_ name: String, of frame: Int, shape: KeyShape, next: inout Int) throws {
        if session.isCanonical {
            marks.append(count)
        } else if shape.names.count < KeyShape.mostKeys {
            let found = shape.add(name, place: session.place(of: name))
            next = found + 1
            return putKey(shape.places[found], of: frame)
        }
        storeVariable(KeyToken.inline)
        try putName(name)
    }

    /// Forgets a part that could not be written.
    func forgetPart(of frame: Int, from start: Int, marks number: Int) {
        guard frame < frames.count else { return }
        truncate(to: min(count, start))
        marks.removeLast(max(0, marks.count - number))
        if session.isCanonical, frames[frame].shape == .keyed, marks.last == start { marks.removeLast() }
    }

    /// The nested container that was asked for before with the same key.
    func pendingWriter(of frame: Int, name: String?, shape: Frame.Shape) -> Place? {
        guard let name, let known = pending.last(where: { $0.frame == frame && $0.name == name }) else { return nil }
        guard let value = known.writer.frames.first, value.shape == shape else { return nil }
        return Place(writer: known.writer, frame: 0, serial: value.serial)
    }

    /// An encoder for a part of the current value that may be written later than what follows it.
    func nestedEncoder(in place: Place, at step: PathComponent, name: String?) -> ValueWriter {
        let nested = Writer(
            session,
            capacity: 128,
            parent: path(upTo: place.index) + [step],
            depth: depth + frames.count
        )
        do {
            try place.check()
            let value = try nested.open()
            pending.append(Pending(frame: place.index, position: count, marks: marks.count, name: name, writer: nested))
            return ValueWriter(value)
        } catch {
            deferError(error)
            return ValueWriter(Place(writer: nested, frame: 0, serial: 0))
        }
    }
}
