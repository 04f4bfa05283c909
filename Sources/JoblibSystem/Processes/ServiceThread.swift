internal import CJoblibSystem
internal import Synchronization

/// One thread of our own that lives as long as the process: it tells when descriptors end, and starts children.
///
/// Children are started here because Linux sends a child its parent-death signal when the *thread* that started it
/// ends, and threads of a pool end when they are idle.
package final class ServiceThread: Sendable {
    /// Stops a watch when it is cancelled or let go.
    package final class Watch: Sendable {
        private let thread: ServiceThread
        private let key: UInt64

        fileprivate init(thread: ServiceThread, key: UInt64) {
            self.thread = thread
            self.key = key
        }

        /// After this, the action is not begun any more; it may be running.
        package func cancel() { thread.remove(key) }

        deinit { cancel() }
    }

    private struct Entry: Sendable {
        let descriptor: SharedDescriptor
        let interest: Poll.Interest
        let action: @Sendable () -> Void
    }

    private struct State {
        var entries: [UInt64: Entry] = [:]
        var nextKey: UInt64 = 0
        var jobs: [@Sendable () -> Void] = []
    }

    private static let instance = Mutex<ServiceThread?>(nil)

    private let state = Mutex(State())
    private let wakeUp: WakeUp
    private let identity = Atomic<UInt>(0)

    private init() throws(SystemError) {
        wakeUp = try WakeUp()
    }

    /// The thread, started by whoever needs it first; a failure to start is not kept, so that the next one tries again.
    package static func shared() throws(SystemError) -> ServiceThread {
        let outcome: Result<ServiceThread, SystemError> = instance.withLock { instance in
            if let thread = instance { return .success(thread) }
            do throws(SystemError) {
                let thread = try ServiceThread()
                let code = OSThread.start(name: "joblib-service") { thread.run() }
                guard code == 0 else { throw SystemError(code: code, operation: "start", path: "a thread") }
                instance = thread
                return .success(thread)
            } catch {
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    /// Calls `action` once, on this thread, when a descriptor is ready.
    ///
    /// - Parameters:
    ///   - descriptor: A process (``ChildProcess/ending``) or a socket; kept open while it is watched.
    ///   - interest: For a socket, `.ended`: what arrives on it is for somebody else.
    ///   - action: Short, and never waiting for another watch.
    /// - Returns: Keep it: without it, nothing is watched.
    package func watch(
        _ descriptor: SharedDescriptor,
        _ interest: Poll.Interest,
        _ action: @escaping @Sendable () -> Void
    ) -> Watch {
        Watch(thread: self, key: add(Entry(descriptor: descriptor, interest: interest, action: action)))
    }

    /// As ``watch(_:_:_:)``, with nobody who could cancel it.
    package func watchForGood(
        _ descriptor: SharedDescriptor,
        _ interest: Poll.Interest,
        _ action: @escaping @Sendable () -> Void
    ) {
        _ = add(Entry(descriptor: descriptor, interest: interest, action: action))
    }

    /// Runs `body` on this thread and waits for it; at once when this is the calling thread.
    package func perform<R: Sendable>(_ body: @escaping @Sendable () -> R) -> R {
        if identity.load(ordering: .relaxed) == joblib_thread_identity() { return body() }
        let faults = Faults.Inherited()
        let monitor = Monitor()
        let result = Mutex<R?>(nil)
        let job: @Sendable () -> Void = {
            let value = faults.with(body)
            monitor.withLock {
                result.withLock { $0 = value }
                monitor.signal()
            }
        }
        state.withLock { $0.jobs.append(job) }
        wakeUp.signal()
        return monitor.withLock {
            while true {
                if let value = result.withLock({ $0 }) { return value }
                monitor.wait()
            }
        }
    }

    private func add(_ entry: Entry) -> UInt64 {
        let key = state.withLock { state in
            state.nextKey += 1
            state.entries[state.nextKey] = entry
            return state.nextKey
        }
        wakeUp.signal()
        return key
    }

    private func remove(_ key: UInt64) {
        // The entry goes outside of the lock: it may hold the last reference to something with a deinit of its own.
        let entry = state.withLock { $0.entries.removeValue(forKey: key) }
        // The descriptor must be closed by this thread's next round, not at some later one.
        if entry != nil { wakeUp.signal() }
    }

    private func run() {
        identity.store(joblib_thread_identity(), ordering: .relaxed)
        while true {
            let (entries, jobs) = state.withLock { state in
                defer { state.jobs = [] }
                return (Array(state.entries), state.jobs)
            }
            for job in jobs { job() }
            wait(for: entries)
        }
    }

    private func wait(for entries: [(key: UInt64, value: Entry)]) {
        let descriptors = [wakeUp.descriptor] + entries.map(\.value.descriptor.number)
        let interests = [.readable] + entries.map(\.value.interest)
        // No memory: look again, which is all that can be done.
        guard let ready = try? Poll.wait(for: descriptors, interests: interests) else { return }
        for position in ready {
            if position == 0 {
                wakeUp.clear()
            } else if let entry = state.withLock({ $0.entries.removeValue(forKey: entries[position - 1].key) }) {
                entry.action()
            }
        }
    }
}
