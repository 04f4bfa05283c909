/// What is known when a call begins.
package struct ProgressStart: Sendable, Hashable {
    /// The backend as joblib's message names it, such as `ThreadingBackend`.
    package var backendName: String
    /// How many tasks can run at once.
    package var jobs: Int
    /// Whether tasks run one by one in the caller.
    package var isSequential: Bool

    package init(backendName: String, jobs: Int, isSequential: Bool = false) {
        self.backendName = backendName
        self.jobs = jobs
        self.isSequential = isSequential
    }
}
