internal import JoblibSystem

/// Prints how long the steps of a program take: joblib's `PrintTime`.
///
/// ```swift
/// let timer = Timer()
/// let pages = try load(files)
/// timer("loading")                     // loading: 0.3s, 0.0min     (since the last call)
/// let words = try pages.parallelMap { try ocr($0) }
/// timer("reading")                     // reading: 12.1s, 0.2min
/// timer("all", total: true)            // all: 12.34s, 0.2 min      (since the timer was made)
/// ```
///
/// Lines go to standard error, and to a log file if one was given. Timers may be shared between threads: each line is
/// written whole, and each call measures from the one before it, whichever thread that was on.
///
/// Foundation has a `Timer` too, so that a file which imports both must say which one it means: `Joblib.Timer` (with
/// `import JoblibParallel`, `JoblibParallel.Timer`), or once for all files, `typealias Timer = Joblib.Timer`.
public final class Timer: Sendable {
    private let start: UInt64
    private let last: Lock<UInt64>
    private let log: LogFile?
    private let clock: @Sendable () -> UInt64
    private let output: @Sendable (String) -> Void

    /// Makes a timer that writes to standard error, and starts it. Does not throw.
    public convenience init() {
        self.init(log: nil, clock: { MonotonicClock.now }, output: Self.standardError)
    }

    /// Makes a timer that also writes to a log file, and starts it.
    ///
    /// A log that exists already is kept as `run.log.1`, the one before it as `run.log.2`, up to `.9`. The new one begins
    /// with the date. Folders that are missing are made.
    ///
    /// ```swift
    /// let timer = try Timer(logFile: "run.log")
    /// let other = try Timer(logDirectory: "logs")      // logs/joblib.log
    /// ```
    ///
    /// - Parameters:
    ///   - logFile: The file to write; only one of the two may be given.
    ///   - logDirectory: The folder in which to write `joblib.log`.
    /// - Throws: ``JoblibError``: `.cannotWriteFile` with the path and the system's reason if the log cannot be begun,
    ///   `.inconsistentOptions` if both are given. Once begun, a log that can no longer be written (a full disk) is left alone: calls never throw.
    public convenience init(logFile: String? = nil, logDirectory: String? = nil) throws {
        try self.init(
            logFile: logFile,
            logDirectory: logDirectory,
            date: WallClock.text,
            clock: { MonotonicClock.now },
            output: Self.standardError
        )
    }

    /// The initialisers' common form, with a clock in nanoseconds and a destination of the test's choice.
    package convenience init(
        logFile: String? = nil,
        logDirectory: String? = nil,
        date: String,
        clock: @escaping @Sendable () -> UInt64,
        output: @escaping @Sendable (String) -> Void
    ) throws {
        if logFile != nil, logDirectory != nil { throw JoblibError.logFileAndDirectory }
        var log: LogFile?
        if let path = logFile ?? logDirectory.map({ $0.hasSuffix("/") ? $0 + "joblib.log" : $0 + "/joblib.log" }) {
            do {
                log = try LogFile(beginningAt: path, header: "\nLogging joblib script\n\n---\(date)---\n")
            } catch {
                throw JoblibError.cannotBeginLog(path, cause: error)
            }
        }
        self.init(log: log, clock: clock, output: output)
    }

    private init(
        log: LogFile?,
        clock: @escaping @Sendable () -> UInt64,
        output: @escaping @Sendable (String) -> Void
    ) {
        self.log = log
        self.clock = clock
        self.output = output
        start = clock()
        last = Lock(start)
    }

    private static let standardError: @Sendable (String) -> Void = { StandardError.write($0 + "\n") }

    /// Prints the time since the last call, or since the timer was made. Does not throw.
    ///
    /// - Parameters:
    ///   - message: Stands before the time.
    ///   - total: Whether to print the time since the timer was made; the next call measures from now in either case.
    public func callAsFunction(_ message: String = "", total: Bool = false) {
        // Written under the lock, so that the lines stand in the order of their times.
        last.withLock { last in
            let now = max(clock(), last)
            let line = Self.line(message, nanoseconds: now - (total ? start : last), total: total)
            last = now
            output(line)
            // A log that fails must not stop the work that it describes.
            try? log?.append(line)
        }
    }

    /// joblib's two formats, which differ in decimals and in the space before "min".
    static func line(_ message: String, nanoseconds: UInt64, total: Bool) -> String {
        let seconds = Double(nanoseconds) / 1e9
        let minutes = HumanText.fixed(seconds / 60, decimals: 1)
        return total
            ? "\(message): \(HumanText.fixed(seconds, decimals: 2))s, \(minutes) min"
            : "\(message): \(HumanText.fixed(seconds, decimals: 1))s, \(minutes)min"
    }
}
