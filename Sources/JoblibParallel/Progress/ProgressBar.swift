/// One line that shows how far a call has come, never wider than asked.
///
/// ```
/// label  45%|██████████▊             | 450/1000 [12s<15s, 37.2/s, 2 failed]
/// ```
///
/// It is a pure function of a snapshot and a width. A narrow line leaves out the rate first, then the label, the elapsed
/// time, the remaining time, the count; the percentage and a hint of failures stay longest.
package struct ProgressBar: Sendable {
    /// Stands before the percentage; empty for none.
    package var label: String
    /// Whether to draw with block characters, an eighth of a column fine, instead of `#`.
    package var unicode: Bool
    /// Whether failures are red.
    package var colours: Bool

    package init(label: String = "", unicode: Bool = true, colours: Bool = false) {
        self.label = DisplayWidth.printable(label)
        self.unicode = unicode
        self.colours = colours
    }

    /// The line for `snapshot`, at most `width` columns wide.
    package func line(for snapshot: ProgressSnapshot, width: Int) -> String {
        guard width > 0 else { return "" }
        let pieces = Pieces(of: snapshot, unicode: unicode)
        for layout in Layout.byRichness {
            if let line = line(pieces, layout, width: width) {
                return line
            }
        }
        return Self.smallest(pieces, width: width)
    }

    private func line(_ pieces: Pieces, _ layout: Layout, width: Int) -> String? {
        var left = StyledLine()
        var right = StyledLine()
        if layout.label, !label.isEmpty {
            left.append(label + " ")
        }
        left.append(layout.minimumBar == nil ? pieces.head.trimmingLeadingBlanks : pieces.head)
        if layout.count, let count = pieces.count {
            right.append(" " + count)
        }
        let details = pieces.details(layout)
        if !details.isEmpty || (pieces.failed > 0 && layout.failures == .words) {
            right.append(" [" + details.joined(separator: ", "))
            if pieces.failed > 0, layout.failures == .words {
                right.append(details.isEmpty ? "" : ", ")
                right.append("\(pieces.failed) failed", isAlarming: true)
            }
            right.append("]")
        }
        if pieces.failed > 0, layout.failures == .sign {
            right.append(" ")
            right.append((unicode ? "✗" : "x") + "\(pieces.failed)", isAlarming: true)
        }
        guard let fraction = pieces.fraction, let minimumBar = layout.minimumBar else {
            left.append(right)
            return left.width <= width ? left.text(colours: colours) : nil
        }
        let room = width - left.width - right.width - 2
        guard room >= minimumBar else { return nil }
        // Room is kept for what may still grow, so that the bar's end does not tremble while it fills.
        let reserve = max(0, pieces.expectedWidth(layout) - right.width)
        let cells = min(Layout.widestBar, max(minimumBar, room - reserve))
        left.append("|" + Self.blocks(fraction, cells: cells, unicode: unicode) + "|")
        left.append(right)
        return left.text(colours: colours)
    }

    /// What is left when nothing else fits: a number, or one character that fills up.
    private static func smallest(_ pieces: Pieces, width: Int) -> String {
        let head = pieces.head.trimmingLeadingBlanks
        if head.count <= width { return head }
        if let short = pieces.shortHead, short.count <= width { return short }
        guard let fraction = pieces.fraction else { return pieces.unicode ? "…" : "*" }
        let levels: [Character] = pieces.unicode ? Array("▁▂▃▄▅▆▇█") : Array("0123456789")
        return String(levels[min(levels.count - 1, Int(fraction * Double(levels.count)))])
    }

    /// `cells` columns of which `fraction` is filled; the last one fills only with the last task.
    private static func blocks(_ fraction: Double, cells: Int, unicode: Bool) -> String {
        let steps = unicode ? 8 : 1
        let all = cells * steps
        let filled = fraction >= 1 ? all : min(all - 1, Int(fraction * Double(all)))
        let (full, partial) = filled.quotientAndRemainder(dividingBy: steps)
        let eighths: [String] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        return String(repeating: unicode ? "█" : "#", count: full) + eighths[partial]
            + String(repeating: " ", count: cells - full - (partial > 0 ? 1 : 0))
    }
}

extension String {
    fileprivate var trimmingLeadingBlanks: String {
        String(drop { $0 == " " })
    }
}
