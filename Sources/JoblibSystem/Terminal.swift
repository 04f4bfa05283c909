internal import CJoblibSystem

/// What is known of the terminal behind a descriptor.
package enum Terminal {
    /// Whether a descriptor leads to a terminal; false for one that is closed.
    package static func isTerminal(_ descriptor: Int32) -> Bool {
        SystemCall.isTerminal(descriptor)
    }

    /// The terminal's width in characters; nil when there is none or it does not know.
    package static func columns(_ descriptor: Int32) -> Int? {
        let columns = Int(joblib_terminal_columns(descriptor))
        return columns > 0 ? columns : nil
    }

    /// Whether this process's session has a terminal, whatever its streams are.
    package static var isThere: Bool {
        (try? FileDescriptor(opening: "/dev/tty", .read, naming: "the terminal")) != nil
    }
}
