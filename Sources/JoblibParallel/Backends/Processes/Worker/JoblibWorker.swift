internal import JoblibSystem

/// The explicit way for a program to become a worker.
///
/// Programs need not call it: with `backend: .processes` a worker is this same program, started again, which becomes a
/// worker before its `main`. It is for platforms and linkers that drop C constructors.
///
/// ```swift
/// @main
/// struct Program {
///     static func main() throws {
///         JoblibWorker.main()      // does not return in a worker
///         …
///     }
/// }
/// ```
public enum JoblibWorker {
    /// Works and ends the process, if it was started as a worker; otherwise returns at once.
    public static func main() {
        WorkerEntry.enterIfAsked()
    }

    /// True in a worker process: a function can ask whether a crash would take the program down.
    public static var isCurrentProcess: Bool { WorkerProcess.current != nil }
}
