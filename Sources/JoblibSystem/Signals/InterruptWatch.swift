internal import CJoblibSystem
internal import Synchronization

/// Tells parts of a program of the first Ctrl-C; the second one ends it. Without watches, Ctrl-C does what it did before.
package final class InterruptWatch: Sendable {
    private struct State {
        var lastKey = 0
        var actions: [Int: @Sendable () -> Void] = [:]
        /// The pipe's ends, and who waits at it; nil while nobody watches.
        var pipe: (reading: SharedDescriptor, writing: SharedDescriptor, watch: ServiceThread.Watch)?
    }

    private static let state = Mutex(State())

    private let key: Int

    /// Watches until ``end()``.
    ///
    /// - Parameter action: Called once, on the service thread.
    /// - Throws: `SystemError` when there is no descriptor or no thread left.
    package init(_ action: @escaping @Sendable () -> Void) throws(SystemError) {
        let service = try ServiceThread.shared()
        let outcome: Result<Int, SystemError> = Self.state.withLock { state in
            do throws(SystemError) {
                if state.pipe == nil { try Self.begin(&state, service) }
            } catch {
                return .failure(error)
            }
            state.lastKey += 1
            state.actions[state.lastKey] = action
            return .success(state.lastKey)
        }
        key = try outcome.get()
    }

    deinit { end() }

    /// Stops watching; the last one gives Ctrl-C back.
    package func end() {
        let remains = Self.state.withLock {
            state -> (reading: SharedDescriptor, writing: SharedDescriptor, watch: ServiceThread.Watch)? in
            guard state.actions.removeValue(forKey: key) != nil, state.actions.isEmpty else { return nil }
            joblib_unwatch_interrupt()
            return state.pipe.take()
        }
        withExtendedLifetime(remains) {}
    }

    private static func begin(_ state: inout State, _ service: ServiceThread) throws(SystemError) {
        let ends = try SystemCall.makePipe()
        let reading = SharedDescriptor(owning: ends.reading, naming: "interrupts")
        let writing = SharedDescriptor(owning: ends.writing, naming: "interrupts")
        let installed = joblib_watch_interrupt(ends.writing)
        guard installed == 0 else { throw SystemError(code: -installed, operation: "watch", path: "interrupts") }
        let watch = service.watch(reading, .readable) {
            for action in Self.state.withLock({ Array($0.actions.values) }) { action() }
        }
        state.pipe = (reading, writing, watch)
    }
}
