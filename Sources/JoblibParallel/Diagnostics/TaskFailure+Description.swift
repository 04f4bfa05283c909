extension TaskFailure: CustomStringConvertible {
    /// Everything that helps to find the mistake: the call with its values, the reason, the stack, the worker.
    public var description: String {
        var lines = ["Task \(index) failed: \(call) \(reasonText)"]
        lines += traceback.map { "    in \($0)" }
        var place = "    worker \(worker.index), process \(worker.processIdentifier) on \(worker.host)"
        if attempt > 1 { place += ", attempt \(attempt)" }
        lines.append(place)
        if !standardErrorTail.isEmpty {
            lines.append("    last words on standard error:")
            lines += standardErrorTail.split(separator: "\n").map { "        \($0)" }
        }
        switch tasksDone {
        case nil: break
        case 1: lines.append("    1 other task was done")
        case let count?: lines.append("    \(count) other tasks were done")
        }
        return lines.joined(separator: "\n")
    }

    private var reasonText: String {
        switch reason {
        case .threw:
            guard let underlying else { return "threw an error" }
            let text = ArgumentText.shorten(String(describing: underlying), to: 1000)
            // Set off from the lines about this task, as the failure of a call within this one has the same ones.
            let indented = text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n        ")
            return "threw \(type(of: underlying)): \(indented)"
        case .crashed(let signal, let message):
            return "crashed with signal \(signal)\(message.map { ": \($0)" } ?? "")"
        case .exited(let code): return "ended its process with exit code \(code)"
        case .timedOut(let limit): return "did not end within \(limit)"
        case .cancelled: return "was cancelled"
        case .unreadableResult: return "returned a result that could not be read back"
        }
    }
}
