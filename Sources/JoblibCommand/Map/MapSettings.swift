internal import Joblib

/// What `joblib map` was asked to do, checked.
struct MapSettings: Sendable {
    /// In which order and how outputs are shown.
    enum OutputOrder: Sendable {
        /// Each task's at once, in the inputs' order.
        case input
        /// Each task's at once, as tasks end.
        case completion
        /// Line by line, as they come.
        case lines
    }

    var jobs = 1
    var order = OutputOrder.input
    var isTagged = false
    var timeout: Duration?
    var retries = RetryPolicy.none
    var halt = HaltRule.never
    var delay = Duration.zero
    var niceness = 0
    /// Start nothing with less memory than this.
    var memoryToLeave: Int?
    var resultsDirectory: String?
    /// Whether spans of all tasks are kept for a report.
    var isRecorded = false
    /// Whether outputs must be whole before they are shown: they may be thrown away, or are kept elsewhere, too.
    var needsWholeOutput = false
}
