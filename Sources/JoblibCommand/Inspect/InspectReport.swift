internal import Joblib
internal import JoblibParallel
internal import JoblibPersistence

/// What a file holds, as lines for people.
struct InspectReport {
    /// No more lines than this for a file: its parts may be shared a million times.
    private static let longest = 1000

    let depth: Int
    let items: Int
    let style: TextStyle

    func lines(_ selection: InspectSelection, width: Int?) -> [String] {
        var lines = [heading(selection)]
        if case .array(let array) = selection.value.kind {
            lines += ArrayText(array).details.map { name, text in
                "  " + style.dim(name + String(repeating: " ", count: 9 - name.count)) + text
            }
            return lines
        }
        lines.append(ValueText.description(selection.value, items: items))
        var identities: [Int] = []
        add(selection.value, prefix: "", to: &lines, &identities, width: width)
        if lines.count > Self.longest {
            lines.removeLast(lines.count - Self.longest)
            lines.append(style.dim("… there is more: look at parts with --select"))
        }
        return lines
    }

    private func heading(_ selection: InspectSelection) -> String {
        let file = selection.file
        var facts: [String] = []
        switch file.format {
        case .npy(let version): facts.append("NumPy array (.npy \(version))")
        case .npz: facts.append("NumPy archive (.npz)")
        case .joblib: facts.append("joblib")
        case .pickle: facts.append("pickle")
        }
        switch file.format {
        case .joblib, .pickle: facts.append("protocol \(file.pickleProtocol.map { "\($0)" } ?? "0 or 1")")
        case .npy, .npz: break
        }
        if let compressor = file.compressor { facts.append(compressor) }
        if let size = file.byteCount { facts.append(SizeText.bytes(size)) }
        var text = style.bold(DisplayWidth.printable(file.path)) + ": " + facts.joined(separator: ", ")
        if !selection.steps.isEmpty {
            text += "\n" + style.cyan(DisplayWidth.printable(InspectedStep.text(of: selection.steps)))
        }
        return text
    }

    private func add(
        _ value: InspectedValue,
        prefix: String,
        to lines: inout [String],
        _ identities: inout [Int],
        width: Int?
    ) {
        guard lines.count <= Self.longest, !ValueText.isInline(value, items: items) else { return }
        if let identity = value.identity { identities.append(identity) }
        defer { if value.identity != nil { identities.removeLast() } }
        let shown = min(value.count, items)
        for index in 0..<shown {
            let (step, part) = value.part(index)
            let isLast = index == shown - 1 && shown == value.count
            let isLoop = part.identity.map(identities.contains) ?? false
            let text = isLoop ? "(itself again)" : ValueText.description(part, items: items)
            let name = DisplayWidth.printable(step.text(isFirst: true))
            let branch = prefix + (isLast ? "└─ " : "├─ ")
            lines.append(line(branch, name, text, width: width))
            let deeper = prefix + (isLast ? "   " : "│  ")
            guard !isLoop, part.count > 0, !ValueText.isInline(part, items: items) else { continue }
            if identities.count >= depth {
                lines.append(style.dim(deeper + "└─ …"))
            } else {
                add(part, prefix: deeper, to: &lines, &identities, width: width)
            }
            if lines.count > Self.longest { return }
        }
        if shown < value.count {
            lines.append(style.dim("\(prefix)└─ … \(HumanText.count(value.count - shown)) more"))
        }
    }

    private func line(_ branch: String, _ name: String, _ text: String, width: Int?) -> String {
        var text = text
        if let width {
            let used = DisplayWidth.columns(branch) + DisplayWidth.columns(name) + 2
            text = ColumnTable.cut(text, to: max(width - used, 16))
        }
        return style.dim(branch) + style.cyan(name) + ": " + text
    }
}
