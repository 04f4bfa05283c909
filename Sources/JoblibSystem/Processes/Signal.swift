/// What can be sent to a process.
package enum Signal: Sendable {
    /// Ends it at once; it cannot object.
    case kill
    /// Asks it to end.
    case terminate
    /// What Ctrl-C sends.
    case interrupt
    /// Holds it until ``resume``.
    case stop
    case resume
    /// Asks a worker to write down where its task is: for ``CrashArea``, which knows whether it listens.
    case reportStack

    /// The number by which ``ProcessStatus`` names ``kill``, on every system.
    package static let killNumber: Int32 = 9
}
