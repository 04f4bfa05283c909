/// Chooses the frames that say something to the author of a program.
package enum FrameSelection {
    /// How a stack came to be: what lies above the program's own functions differs.
    package enum Origin: Sendable {
        case thrown
        /// A trap, a signal, or a request.
        case stopped
    }

    /// The frames without the runtime's at the top, this package's at the bottom, and thunks anywhere.
    ///
    /// A stack with none of the program's own frames stays as it is.
    package static func visible(_ frames: [RawFrame], _ origin: Origin) -> [RawFrame] {
        guard let first = frames.firstIndex(where: { $0.kind == .user }),
            let last = frames.lastIndex(where: { $0.kind == .user })
        else { return frames.filter { $0.kind != .thunk } }
        var top = first
        // What the program called last: `nanosleep`, `abort`, `Array.subscript`; not the runtime's ways to a trap.
        if origin == .stopped, first > 0, says(frames[first - 1]) { top = first - 1 }
        var visible: [RawFrame] = []
        for frame in frames[top...last] where frame.kind != .thunk {
            // A closure and the forwarder that calls it have one name.
            if let previous = visible.last, previous.function == frame.function, frame.location == nil {
                visible[visible.count - 1].omittedAfter += frame.omittedAfter
                continue
            }
            visible.append(frame)
        }
        return visible
    }

    private static func says(_ frame: RawFrame) -> Bool {
        guard frame.kind == .system, !frame.function.hasPrefix("0x") else { return false }
        let silent = ["_assertionFailure", "_fatalErrorMessage", "fatalError", "preconditionFailure", "swift_", "main"]
        return !silent.contains(where: { frame.function.contains($0) })
    }
}
