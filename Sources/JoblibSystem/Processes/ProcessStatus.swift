/// How a process ended.
package enum ProcessStatus: Sendable, Hashable {
    /// It returned from `main` or called `exit`.
    case exited(Int32)

    /// A signal ended it, such as 4 (illegal instruction: a Swift trap), 9 (killed) or 11 (bad address).
    case signalled(Int32, coreDumped: Bool)

    /// Other code of this program has waited for the child and kept what it learned.
    case unknown
}
