extension Writer {
    /// The path to the value of frame `end`, read back from what was written.
    func path(upTo end: Int) -> [PathComponent] {
        var path = parent
        for frame in frames.prefix(end) {
            switch frame.shape {
            case .unkeyed: path.append(.index(frame.count))
            case .keyed where frame.entry >= 0:
                // Safe: the reader is gone before the writer changes.
                let reader = unsafe Reader(body: written, keys: session.keys, limits: session.limits)
                if let name = reader.name(at: frame.entry) { path.append(.key(name)) }
            default: break
            }
        }
        return path
    }

    /// The path to the part being written.
    var path: [PathComponent] { path(upTo: frames.count) }

    /// The error that says where and why writing failed.
    func problem(_ problem: WriteProblem) -> EncodingError {
        let context = EncodingError.Context(
            codingPath: path.map { PathKey($0) },
            debugDescription: problem.reason,
            underlyingError: problem
        )
        return .invalidValue(problem.reason, context)
    }
}
