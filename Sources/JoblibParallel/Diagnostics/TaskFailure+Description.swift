internal import JoblibSystem

extension TaskFailure: CustomStringConvertible {
    /// Everything that helps to find the mistake: the call with its values, the reason, the worker and the time, the stack
    /// with the failing line and its neighbours, the worker's last words.
    ///
    ///     Task 3 failed: hog("x.jpg", 3) threw NotAnImage: x.jpg has no pixels
    ///         worker 1, process 12934 on laptop, Sat Nov 21 10:24:37 2026
    ///         innermost call last:
    ///             closure #1 in run(files:) at /home/me/Hog/main.swift:12
    ///             hog at /home/me/Hog/Gradient.swift:6
    ///                       4     let image = try read(file)
    ///                       5     // An empty one has no gradient.
    ///                 -->   6     guard image.width > 0 else { throw NotAnImage(file) }
    ///                       7     return gradient(image)
    ///                       8 }
    public var description: String {
        var lines = ["Task \(index) failed: \(call) \(reasonText)"]
        var place = "    worker \(worker.index), process \(worker.processIdentifier) on \(worker.host)"
        if attempt > 1 { place += ", attempt \(attempt)" }
        let moment = WallClock.text(at: time)
        lines.append(moment.isEmpty ? place : "\(place), \(moment)")
        lines += tracebackLines.map { "    \($0)" }
        let words = lastWords
        if !words.isEmpty {
            lines.append("    last words on standard error:")
            lines += words.map { "        \($0)" }
        }
        switch tasksDone {
        case nil: break
        case 1: lines.append("    1 other task was done")
        case let count?: lines.append("    \(count) other tasks were done")
        }
        return lines.joined(separator: "\n")
    }

    /// What the worker wrote last, without the runtime's own list of addresses: the traceback says the same with names.
    private var lastWords: [Substring] {
        var words: [Substring] = []
        var isInTrace = false
        for line in standardErrorTail.split(separator: "\n") {
            if line == "Current stack trace:" {
                isInTrace = true
            } else if !isInTrace || !(line.first?.isNumber ?? false) || !line.contains(" 0x") {
                isInTrace = false
                words.append(line)
            }
        }
        return words
    }

    private var reasonText: String {
        switch reason {
        case .threw:
            guard let underlying else { return "threw an error" }
            let text = ArgumentText.shorten(String(describing: underlying), to: 1000)
            // Set off from the lines about this task, as the failure of a call within this one has the same ones.
            let indented = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n        ")
            return underlying is UnknownError ? "threw \(indented)" : "threw \(type(of: underlying)): \(indented)"
        case .crashed(let signal, let message):
            let name = SignalName.name(of: signal).map { " (\($0))" } ?? ""
            return "crashed with signal \(signal)\(name)\(message.map { ": \($0)" } ?? "")"
        case .exited(let code): return "ended its process with exit code \(code)"
        case .timedOut(let limit): return "did not end within \(limit)"
        case .cancelled: return "was cancelled"
        case .unreadableResult:
            let why = underlying.map { ": \(ArgumentText.shorten(String(describing: $0), to: 1000))" } ?? ""
            return "returned a result that could not be read back\(why)"
        }
    }
}
