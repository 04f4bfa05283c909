extension TaskFailure {
    /// The stack as lines of text, the innermost call last, with the source around the place that failed.
    var tracebackLines: [String] {
        if traceback.isEmpty { return [] }
        var lines: [String] = []
        // The innermost frame whose source can be read is the one to look at: above it are calls of libraries.
        var excerpt: (position: Int, lines: [String])?
        for (position, frame) in traceback.enumerated() {
            guard let file = frame.file, let line = frame.line else { continue }
            excerpt = SourceExcerpt(file: file, line: line).map { (position, $0.lines) }
            if excerpt != nil { break }
        }
        var position = traceback.count - 1
        while position >= 0 {
            let frame = traceback[position]
            if frame.omittedCallers > 0 { lines.append("… \(frame.omittedCallers) more calls") }
            lines.append(frame.description)
            if let excerpt, excerpt.position == position { lines += excerpt.lines.map { "    \($0)" } }
            var repeats = 0
            while position - repeats > 0, isSame(traceback[position - repeats - 1], frame),
                position - repeats - 1 != excerpt?.position
            {
                repeats += 1
            }
            if repeats > 1 {
                lines.append("… \(repeats) more calls of the same line")
                position -= repeats
            }
            position -= 1
        }
        return ["innermost call last:"] + lines.map { "    \($0)" }
    }

    private func isSame(_ frame: TracebackFrame, _ other: TracebackFrame) -> Bool {
        frame.function == other.function && frame.file == other.file && frame.line == other.line
            && frame.omittedCallers == 0
    }
}
