extension Writer {
    /// Writes one value, whatever it is.
    @inline(__always)
    func encode<T: Encodable>(_ value: T) throws {
        switch session.special(T.self) {
        case .plain: try encode(value, group: 0)
        case .run(let type): try encode(value, asRun: type)
        case .nested(let type): try encode(value, asNested: type)
        case .unordered(let group): try encode(value, group: session.isCanonical ? UInt8(group) : 0)
        }
    }

    private func encode<T, A: RawRun>(_ value: T, asRun type: A.Type) throws {
        try putRun(identical(value, as: type))
    }

    private func encode<T, A: NestedOptional>(_ value: T, asNested type: A.Type) throws {
        try identical(value, as: type).write(to: self)
    }

    private func encode<T: Encodable>(_ value: T, group: UInt8) throws {
        let place = try open(group: group)
        do {
            try value.encode(to: ValueWriter(place))
            try close()
        } catch {
            if session.failurePath == nil { session.failurePath = path(upTo: place.index) }
            abandon(place)
            throw error
        }
    }

    /// Begins a value.
    @inline(__always)
    func open(group: UInt8 = 0) throws -> Place {
        guard depth + frames.count < session.limits.depth else { throw problem(.tooDeep(session.limits.depth)) }
        serial &+= 1
        frames.append(Frame(group: group, serial: serial, start: count, marks: marks.count))
        return Place(writer: self, frame: Int32(truncatingIfNeeded: frames.count - 1), serial: serial)
    }

    /// Forgets a value that could not be written whole.
    private func abandon(_ place: Place) {
        guard place.index < frames.count else { return }
        let frame = frames[place.index]
        truncate(to: min(count, frame.start))
        frames.removeLast(frames.count - place.index)
        marks.removeLast(max(0, marks.count - frame.marks))
        while let last = pending.last, last.frame >= place.index { pending.removeLast() }
    }

    /// Completes the value that was begun last.
    @inline(__always)
    func close() throws {
        let last = frames.count - 1
        switch frames[last].shape {
        case .single: break
        case .empty: try putByte(Token.nothing)
        case .keyed, .unkeyed: try closeContainer(last)
        }
        frames.removeLast()
    }

    @inline(__always)
    private func closeContainer(_ index: Int) throws {
        if !pending.isEmpty { try insertPending(of: index) }
        let frame = frames[index]
        if frame.shape == .unkeyed {
            guard let number = UInt32(exactly: frame.count) else {
                throw problem(WriteProblem(kind: .overLimit, reason: "more than \(UInt32.max) elements in a container"))
            }
            if session.isCanonical, frame.group > 0 { sortParts(of: frame) }
            overwrite(number, at: frame.start + 1)
        } else {
            if session.isCanonical {
                sortKeys(of: frame)
            } else if frame.mayRepeat {
                removeRepeatedKeys(of: frame)
            }
            try putByte(UInt8(KeyToken.end))
        }
        if session.isCanonical { marks.removeLast(marks.count - frame.marks) }
    }

    /// Makes the value a container, unless it is one of that kind already.
    func begin(_ shape: Frame.Shape, of place: Place) throws {
        try place.check()
        switch frames[place.index].shape {
        case .empty:
            frames[place.index].shape = shape
            switch shape {
            case .keyed: try putByte(Token.keyed)
            case .unkeyed:
                try reserve(5)
                store(Token.unkeyed)
                store(UInt32(0))
            case .single, .empty: break
            }
        case shape where shape != .single: break
        default: throw problem(.twoShapes)
        }
    }

    /// The same where nothing can be thrown: the error comes when the message is complete.
    func beginOrDefer(_ shape: Frame.Shape, of place: Place) {
        do {
            try begin(shape, of: place)
        } catch {
            deferError(error)
        }
    }

    func deferError(_ error: any Error) {
        if session.deferred == nil { session.deferred = error as? EncodingError }
    }
}
