internal import JoblibSystem

/// Ctrl-C during a call that wants to be told of it.
final class InterruptionWatch: Sendable {
    func end() {}
}
