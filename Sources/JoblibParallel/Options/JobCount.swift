/// How many tasks of a `Parallel` call may run at once, with the meaning of joblib's `n_jobs`.
///
/// A positive number is that many workers; more than there are processors is allowed. `1` runs the tasks one after the
/// other in the caller. `-1` is all processors, `-2` all but one, and so on, never less than one. `0` has no meaning:
/// it is refused, with a ``JoblibError``, when a call is made, not here.
///
/// ```swift
/// Parallel(jobs: 4)
/// Parallel(jobs: -2)                          // leave one processor free
/// Parallel(jobs: .allProcessors(except: 1))   // the same
/// Parallel(jobs: JobCount(settings.width))
/// ```
public struct JobCount: Sendable, Hashable {
    /// A worker is a thread or a process; no machine runs more than this many of them for one call.
    package static let maximum = 65_536

    private enum Form: Hashable {
        case number(Int)
        case allExceptNegative(Int)
    }

    private var form: Form

    /// A computed number of jobs; see ``JobCount`` for what zero and negative numbers mean.
    ///
    /// - Parameter number: joblib's `n_jobs`.
    public init(_ number: Int) {
        form = .number(number)
    }

    /// As many jobs as there are processors this program may use: `-1`.
    public static var allProcessors: Self { Self(-1) }

    /// As many jobs as there are processors, less some that stay free for other work; at least one job.
    ///
    /// - Parameter processors: How many processors to leave out, 0 or more. A negative number is refused when a call
    ///   is made.
    public static func allProcessors(except processors: Int) -> Self {
        guard processors < 0 else { return Self(-1 - processors) }
        var count = Self(-1)
        count.form = .allExceptNegative(processors)
        return count
    }

    /// The number as joblib would have been given it, for the label `n_jobs=` of its messages.
    package var number: Int {
        switch form {
        case .number(let number): number
        case .allExceptNegative: -1
        }
    }

    /// How many workers that is.
    ///
    /// - Parameter processors: How many processors this program may use.
    package func effective(processors: Int) throws(JoblibError) -> Int {
        switch form {
        case .allExceptNegative(let exception):
            throw .negativeException(exception)
        case .number(0):
            throw .jobsZero
        case .number(let number) where number > Self.maximum:
            throw .tooManyJobs(number, maximum: Self.maximum)
        case .number(let number) where number > 0:
            return number
        case .number(let number):
            // A negative number added to a positive one cannot overflow.
            return min(max(max(processors, 1) + (number + 1), 1), Self.maximum)
        }
    }
}

extension JobCount: ExpressibleByIntegerLiteral {
    /// The number of jobs written as a literal, as in `jobs: 4`.
    public init(integerLiteral value: Int) {
        self.init(value)
    }
}

extension JobCount: CustomStringConvertible {
    /// The number as joblib would have been given it: `"4"`, `"-1"`.
    public var description: String { String(number) }
}
