package import JoblibSystem

extension TracebackFrame {
    /// A stack that a worker process has sent or left, for people.
    ///
    /// Takes milliseconds for the first stack of a program: its tables are read then.
    ///
    /// - Parameters:
    ///   - stack: As it was taken.
    ///   - origin: Whether a `throw` took it, or a crash or a request.
    /// - Returns: The program's own frames, innermost first; empty without a stack.
    package static func frames(of stack: RawStack?, _ origin: FrameSelection.Origin) -> [TracebackFrame] {
        guard let stack else { return [] }
        return FrameSelection.visible(Symbolizer.frames(of: stack), origin).map { frame in
            TracebackFrame(
                function: frame.function,
                file: frame.location?.file,
                line: frame.location?.line,
                column: frame.location.flatMap { $0.column > 0 ? $0.column : nil },
                image: frame.image.isEmpty || frame.function.hasPrefix("0x") ? nil : frame.image,
                omittedCallers: frame.omittedAfter
            )
        }
    }
}
