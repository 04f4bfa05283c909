extension ProgressBar {
    /// The same in words, for logs and files: one line that needs no redrawing to be read.
    ///
    /// `450 of 1000 (45%), 12s elapsed, 15s left, 37.2/s, 2 failed`
    package func sentence(for snapshot: ProgressSnapshot) -> String {
        let pieces = Pieces(of: snapshot, unicode: unicode)
        let done = max(0, snapshot.done)
        var parts: [String] = []
        if let total = snapshot.total {
            parts.append("\(done) of \(max(done, total)) (\(pieces.head.drop { $0 == " " }))")
        } else {
            parts.append("\(done) done")
        }
        if !snapshot.isFinished {
            parts.append("\(pieces.elapsed) elapsed")
        } else if let total = snapshot.total, done >= total {
            parts.append("finished in \(pieces.elapsed)")
        } else {
            parts.append("stopped after \(pieces.elapsed)")
        }
        if let remaining = pieces.remaining {
            parts.append("\(remaining) left")
        }
        if let rate = pieces.rate {
            parts.append(rate)
        }
        if pieces.failed > 0 {
            parts.append("\(pieces.failed) failed")
        }
        return (label.isEmpty ? "" : label + ": ") + parts.joined(separator: ", ")
    }
}
