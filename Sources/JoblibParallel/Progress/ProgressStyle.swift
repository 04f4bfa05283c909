/// How a parallel call shows its progress: not at all, as a bar, or through a function of the program's own.
///
/// ```swift
/// let quiet = try Parallel(jobs: 8).map(files) { try hog($0) }
/// let shown = try Parallel(jobs: 8, progress: .bar).map(files) { try hog($0) }
/// let mine = try Parallel(jobs: 8, progress: .handler { print($0.done, "done") }).map(files) { try hog($0) }
/// ```
///
/// It is independent of `verbose`: a bar and joblib's messages can be asked for together, and do not disturb each other.
public struct ProgressStyle: Sendable {
    enum Kind: Sendable {
        case hidden
        case bar
        case handler(@Sendable (ProgressSnapshot) -> Void)
    }

    let kind: Kind

    /// True unless there is nothing to show and nobody to tell.
    var isShown: Bool {
        if case .hidden = kind { return false }
        return true
    }

    private init(_ kind: Kind) {
        self.kind = kind
    }

    /// Shows nothing; the default.
    ///
    /// ```swift
    /// withParallelConfiguration(progress: .bar) {
    ///     let quiet = Parallel(progress: .hidden)     // silent even here
    /// }
    /// ```
    public static let hidden = ProgressStyle(.hidden)

    /// Draws a bar with count, rate, elapsed and remaining time on standard error; writes plain lines where that is not
    /// a terminal.
    ///
    /// A terminal is redrawn at most ten times a second. A file or a pipe gets a first line, one at each tenth of the
    /// tasks or every ten seconds, and a last one. Colours are left out when `NO_COLOR` is set, block characters where
    /// the locale is not UTF-8.
    ///
    /// ```swift
    /// let pages = try Parallel(jobs: 8, progress: .bar).map(files) { try ocr($0) }
    /// //  45%|██████████▊             | 450/1000 [12s<15s, 37.2/s, 2 failed]
    /// ```
    public static let bar = ProgressStyle(.bar)

    /// Hands each new state to a function of the program's own.
    ///
    /// The function is called on whichever thread ended a batch, never twice at once; `done` never goes back, and the
    /// snapshot whose ``ProgressSnapshot/isFinished`` is true comes last, exactly once, before the call returns.
    /// Batches that end while the function still runs come together in one snapshot, so a slow function costs
    /// snapshots, not workers.
    ///
    /// ```swift
    /// let parallel = Parallel(jobs: 8, progress: .handler { snapshot in
    ///     window.setProgress(Double(snapshot.done) / Double(snapshot.total ?? snapshot.dispatched))
    /// })
    /// ```
    ///
    /// - Parameter body: Receives the snapshots. It should return soon: the thread it runs on waits for it.
    /// - Returns: The style, to be given as `progress:`.
    public static func handler(_ body: @escaping @Sendable (ProgressSnapshot) -> Void) -> ProgressStyle {
        ProgressStyle(.handler(body))
    }
}
