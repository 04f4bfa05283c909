internal import CJoblibSystem
internal import Synchronization

/// A program that was started as a child of this one.
///
/// The child is waited for exactly once, by whoever asks first, so that no signal ever reaches a stranger with the same
/// number. One that is let go of runs on, and is waited for when it ends: no zombie stays.
package final class ChildProcess: Sendable {
    /// The process number. Use ``send(_:)`` rather than this for signals.
    package let identifier: Int32

    /// Readable when the child has ended: poll it beside others, or have ``ServiceThread`` watch it.
    package let ending: SharedDescriptor

    private let status = Mutex<ProcessStatus?>(nil)

    /// Starts a program.
    ///
    /// - Parameter request: The program and what it gets.
    /// - Throws: `SystemError` naming the executable: no such file, no permission, no descriptors or processes left, a
    ///   descriptor that is not open, a text with a zero byte.
    package static func spawn(_ request: SpawnRequest) throws(SystemError) -> ChildProcess {
        UnwatchedChildren.reap()
        return try ChildProcess(identifier: try ProcessStart.start(request), path: request.executable)
    }

    private init(identifier: Int32, path: String) throws(SystemError) {
        self.identifier = identifier
        do throws(SystemError) {
            ending = try ProcessEnding.descriptor(of: identifier)
        } catch {
            // Without a descriptor nobody would learn of its end. It is our child until it is waited for: the number
            // cannot be anybody else's yet.
            SystemCall.send(.kill, to: identifier)
            _ = ProcessEnding.wait(for: identifier, block: true, keep: false)
            throw SystemError(code: error.code, operation: "start", path: path)
        }
    }

    deinit {
        if status.withLock({ $0 }) == nil { UnwatchedChildren.adopt(identifier, ending: ending) }
    }

    /// How the child ended; nil while it runs.
    package var exitStatus: ProcessStatus? {
        status.withLock { status in
            if status == nil { status = ProcessEnding.wait(for: identifier, block: false, keep: false) }
            return status
        }
    }

    /// Waits until the child has ended.
    ///
    /// - Parameter deadline: On ``MonotonicClock``.
    /// - Returns: How it ended; nil when the deadline passed first.
    /// - Throws: `SystemError` when the system lacks memory.
    package func wait(until deadline: UInt64) throws(SystemError) -> ProcessStatus? {
        while true {
            if let status = exitStatus { return status }
            guard try Poll.wait(for: ending.number, until: deadline) else { return exitStatus }
        }
    }

    /// Waits until the child has ended, however long that takes.
    package func wait() throws(SystemError) -> ProcessStatus {
        while true {
            if let status = try wait(until: Poll.forever) { return status }
        }
    }

    /// Sends a signal; false when the child has ended, or may not be sent one.
    @discardableResult
    package func send(_ signal: Signal) -> Bool {
        // Under the lock: once it has been waited for, its number may be another process's.
        status.withLock { status in
            if status == nil { status = ProcessEnding.wait(for: identifier, block: false, keep: false) }
            return status == nil && SystemCall.send(signal, to: identifier)
        }
    }

    /// Waits until one of several children has ended, or somebody signals.
    ///
    /// - Parameters:
    ///   - children: Those to wait for.
    ///   - wakeUp: Ends the waiting as well.
    ///   - deadline: On ``MonotonicClock``.
    /// - Returns: The positions of those that have ended; none when `wakeUp` or the deadline came first.
    package static func waitForAny(
        of children: [ChildProcess],
        or wakeUp: WakeUp? = nil,
        until deadline: UInt64 = Poll.forever
    ) throws(SystemError) -> [Int] {
        var descriptors = children.map(\.ending.number)
        if let wakeUp { descriptors.append(wakeUp.descriptor) }
        return try Poll.wait(for: descriptors, until: deadline).filter { $0 < children.count }
    }
}
