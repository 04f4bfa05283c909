extension ValueReader {
    /// Reads a value at `position`, which is `step` away from this one, and goes past it.
    @inline(__always)
    func decode<T: Decodable>(_ type: T.Type, at position: inout Int, _ step: PathComponent? = nil) throws -> T {
        switch reader.special(type) {
        case .plain, .unordered: break
        case .run(let run):
            if let value = try readRun(run, at: &position, step) { return identical(value, as: type) }
        case .nested(let optional):
            let child = try child(at: position, step)
            return try child.readNested(optional, as: type, &position)
        }
        let child = try child(at: position, step)
        do {
            let value = try T(from: child)
            position = try child.finish()
            return value
        } catch {
            if reader.failurePath == nil { reader.failurePath = child.path }
            throw error
        }
    }

    /// The reader of a value in this one.
    @inline(__always)
    func child(at position: Int, _ step: PathComponent?) throws -> ValueReader {
        guard depth < reader.limits.depth - 1 else {
            throw failure(.tooDeep(reader.limits.depth), Any.self, step)
        }
        return ValueReader(reader, parent: self, step: step, start: position, depth: depth + 1)
    }

    private func readNested<A: NestedOptional, T>(
        _ optional: A.Type,
        as type: T.Type,
        _ position: inout Int
    ) throws -> T {
        identical(try A.read(from: self, at: &position), as: type)
    }

    /// Does an optional at `position` hold something? Goes past what says so.
    func takeSome(_ position: inout Int) throws -> Bool {
        let token = try reading(Any.self) { () throws(ReadProblem) in try reader.peek(position) }
        if token == Token.null || token == Token.some {
            position += 1
            return token == Token.some
        }
        throw failure(.mismatch("an optional of an optional", found: token), Any.self)
    }

    /// The numbers at `position` if they are of the type that `A` holds.
    private func readRun<A: RawRun>(_ type: A.Type, at position: inout Int, _ step: PathComponent?) throws -> A? {
        let token = try reading(type, step) { () throws(ReadProblem) in try reader.peek(position) }
        var next = position
        if token == Token.run {
            let run = try reading(type, step) { () throws(ReadProblem) in try reader.run(&next) }
            guard run.format == A.runFormat else { return nil }
            var from = run.start
            // Safe: the bytes are copied while the message is there.
            let bytes = unsafe try reading(type, step) { () throws(ReadProblem) in
                unsafe try reader.bytes(run.length, &from)
            }
            if run.format.scalar == .bool, let wrong = unsafe bytes.firstIndex(where: { $0 > 1 }) {
                throw failure(.malformed("a Boolean that is neither true nor false", at: run.start + wrong), type, step)
            }
            position = next
            return unsafe A(runBytes: bytes)
        }
        guard token == Token.handle else { return nil }
        let header = try reading(type, step) { () throws(ReadProblem) in try reader.handle(&next) }
        guard header.format == A.runFormat, header.format.scalar != .bool else { return nil }
        let source = try source(type, step)
        let value = try A.fetched(header.handle, count: header.count, from: source)
        // Safe: only the length is looked at.
        let length = unsafe value.withRunBytes { $0.count }
        guard length == header.count * header.format.stride else {
            throw failure(.malformed("an array beside the message has another length", at: position), type, step)
        }
        position = next
        return value
    }

    private func source(_ type: Any.Type, _ step: PathComponent? = nil) throws -> any ArraySource {
        guard let source = reader.source else {
            let reason = "the array is not in the message, and there is no array source to take it from"
            throw failure(ReadProblem(kind: .missing, reason: reason), type, step)
        }
        return source
    }

    /// A run as a container without keys, for types that read numbers one by one.
    func transcribed() throws -> UnkeyedReader {
        var next = start
        let writer = Writer(EncodingSession(BinaryEncoder()), capacity: 256)
        let token = try reading(Any.self) { () throws(ReadProblem) in try reader.peek(start) }
        if token == Token.run {
            let run = try reading(Any.self) { () throws(ReadProblem) in try reader.run(&next) }
            // Safe: the bytes are read while the message is there.
            let bytes = unsafe try reading(Any.self) { () throws(ReadProblem) in
                var from = run.start
                return unsafe try reader.bytes(run.length, &from)
            }
            unsafe try writer.putElements(of: bytes, run.format)
        } else {
            let header = try reading(Any.self) { () throws(ReadProblem) in try reader.handle(&next) }
            let bytes = try source(Any.self).bytes(of: header.handle, format: header.format, count: header.count)
            guard bytes.count == header.count * header.format.stride else {
                throw failure(.malformed("an array beside the message has another length", at: start), Any.self)
            }
            // Safe: the bytes are read while the array holds them.
            try unsafe bytes.withUnsafeBytes { unsafe try writer.putElements(of: $0, header.format) }
        }
        end = next
        let inner = OwnedReader(writer, reader)
        return try inner.value(in: self).openUnkeyed()
    }
}
