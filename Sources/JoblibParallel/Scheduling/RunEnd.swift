/// What ended a call before its last task.
enum RunEnd: Sendable {
    /// A task failed.
    case task(TaskFailure)
    /// The machinery failed.
    case machinery(JoblibError)
    /// The Swift task around the call was cancelled.
    case cancelled
    /// Nobody reads the results any more.
    case dropped

    /// - Parameter done: How many tasks have a result.
    func error(done: Int) -> any Error {
        switch self {
        case .task(let failure): failure.ending(callAfter: done)
        case .machinery(let error): error
        case .cancelled, .dropped: CancellationError()
        }
    }
}
