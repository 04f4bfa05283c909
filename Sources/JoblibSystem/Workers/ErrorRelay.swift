internal import Synchronization

/// Passes on what children write to standard error, and keeps the end of it.
///
/// One thread serves all children; it begins with the first and ends with the last.
package final class ErrorRelay: Sendable {
    /// What one child writes.
    package final class Stream: Sendable {
        private struct State {
            var tail: [UInt8] = []
            var isEnded = false
        }

        fileprivate let reading: SharedDescriptor
        private let state = Mutex(State())

        fileprivate init(reading: SharedDescriptor) {
            self.reading = reading
        }

        /// How much is kept.
        package static let tailCount = 8 << 10

        /// The last lines, as text.
        package var tail: String {
            let bytes = state.withLock { $0.tail }
            guard bytes.count == Self.tailCount, let start = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
                return String(decoding: bytes, as: UTF8.self)
            }
            // The first line is cut.
            return String(decoding: bytes[(start + 1)...], as: UTF8.self)
        }

        /// Passes on what is there now; false when nothing more will come.
        @discardableResult
        package func drain() -> Bool {
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let (count, isOpen) = state.withLock { state -> (Int, Bool) in
                    if state.isEnded { return (0, false) }
                    // Safe: the call fills at most the array.
                    let count = unsafe buffer.withUnsafeMutableBytes {
                        unsafe SystemCall.readFile(reading.number, into: $0)
                    }
                    guard count > 0 else {
                        state.isEnded = count != -Int(SystemCall.mustWait)
                        return (0, !state.isEnded)
                    }
                    state.tail += buffer[..<count]
                    state.tail.removeFirst(max(0, state.tail.count - Self.tailCount))
                    return (count, true)
                }
                guard count > 0 else { return isOpen }
                StandardError.write(Array(buffer[..<count]), to: StandardError.descriptor)
            }
        }
    }

    private struct State {
        var streams: [Stream] = []
        var isRunning = false
    }

    package static let shared = ErrorRelay()

    private let state = Mutex(State())
    private let wakeUp = Mutex<WakeUp?>(nil)

    /// Makes a pipe for a child.
    ///
    /// - Returns: The stream, and the end that the child gets as its standard error; let go of it when the child runs.
    /// - Throws: `SystemError` when there are no descriptors left.
    package func open() throws(SystemError) -> (stream: Stream, writing: SharedDescriptor) {
        let ends = try SystemCall.makePipe()
        let stream = Stream(reading: SharedDescriptor(owning: ends.reading, naming: "standard error"))
        let writing = SharedDescriptor(owning: ends.writing, naming: "standard error")
        // The child expects a descriptor that takes all that it writes.
        SystemCall.makeBlocking(ends.writing)
        let wakeUp = try self.wakeUpOrMake()
        let mustStart = state.withLock { state in
            state.streams.append(stream)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustStart {
            let code = OSThread.start(name: "joblib-stderr") { self.run(wakeUp) }
            guard code == 0 else {
                state.withLock { $0 = State() }
                throw SystemError(code: code, operation: "start", path: "a thread")
            }
        } else {
            wakeUp.signal()
        }
        return (stream, writing)
    }

    private func wakeUpOrMake() throws(SystemError) -> WakeUp {
        let made: Result<WakeUp, SystemError> = wakeUp.withLock { wakeUp in
            if let wakeUp { return .success(wakeUp) }
            do throws(SystemError) {
                let made = try WakeUp()
                wakeUp = made
                return .success(made)
            } catch {
                return .failure(error)
            }
        }
        return try made.get()
    }

    private func run(_ wakeUp: WakeUp) {
        while true {
            let streams = state.withLock { state in
                state.isRunning = !state.streams.isEmpty
                return state.streams
            }
            if streams.isEmpty { return }
            let descriptors = [wakeUp.descriptor] + streams.map(\.reading.number)
            // No memory: look again, which is all that can be done.
            guard let ready = try? Poll.wait(for: descriptors) else { continue }
            if ready.contains(0) { wakeUp.clear() }
            let ended = ready.filter { $0 > 0 && !streams[$0 - 1].drain() }.map { streams[$0 - 1] }
            if !ended.isEmpty {
                state.withLock { state in state.streams.removeAll { stream in ended.contains { $0 === stream } } }
            }
        }
    }
}
