internal import JoblibSystem

/// Who ran a task.
public struct WorkerIdentity: Sendable, Hashable {
    /// Which of the call's workers, from 0.
    public let index: Int
    /// The process it lives in; the program's own for threads.
    public let processIdentifier: Int32
    /// The machine's name.
    public let host: String

    package init(index: Int, processIdentifier: Int32, host: String) {
        self.index = index
        self.processIdentifier = processIdentifier
        self.host = host
    }

    /// A worker of this process.
    package static func here(_ index: Int) -> WorkerIdentity {
        WorkerIdentity(index: index, processIdentifier: CurrentProcess.identifier, host: CurrentProcess.hostName)
    }
}
