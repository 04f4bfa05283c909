/// Where progress is written, and what can be written there.
///
/// The operating system comes in through closures, so that everything above it can be tested without a terminal.
package struct ProgressTerminal: Sendable {
    /// Writes text to standard error; failures are its own business.
    package var write: @Sendable (String) -> Void
    /// The terminal's present width; zero or less where unknown.
    package var columns: @Sendable () -> Int
    /// Whether a line can be drawn over: a terminal, and not a dumb one.
    package var isTerminal: Bool
    /// Whether failures may be red.
    package var colours: Bool
    /// Whether block characters can be shown.
    package var unicode: Bool

    package init(
        isTerminal: Bool,
        colours: Bool,
        unicode: Bool,
        columns: @escaping @Sendable () -> Int,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.isTerminal = isTerminal
        self.colours = colours
        self.unicode = unicode
        self.columns = columns
        self.write = write
    }

    /// Derives what can be written from the environment.
    ///
    /// - Parameters:
    ///   - isTerminal: Whether standard error is a terminal.
    ///   - environment: Looks up a variable: `TERM`, `NO_COLOR`, `LC_ALL`, `LC_CTYPE` and `LANG` are asked for.
    ///   - columns: The terminal's present width.
    ///   - write: Writes text to standard error.
    package init(
        isTerminal: Bool,
        environment: (String) -> String?,
        columns: @escaping @Sendable () -> Int,
        write: @escaping @Sendable (String) -> Void
    ) {
        func value(_ name: String) -> String? {
            environment(name).flatMap { $0.isEmpty ? nil : $0 }
        }
        let terminalType = value("TERM")
        let canRedraw = isTerminal && terminalType != nil && terminalType != "dumb"
        let locale = (value("LC_ALL") ?? value("LC_CTYPE") ?? value("LANG") ?? "").lowercased()
        self.init(
            isTerminal: canRedraw,
            colours: canRedraw && value("NO_COLOR") == nil,
            unicode: locale.hasSuffix("utf-8") || locale.hasSuffix("utf8") || locale.contains("utf-8@")
                || locale.contains("utf8@"),
            columns: columns,
            write: write
        )
    }
}
