internal import CJoblibSystem

/// A system call that a test makes fail or fall short.
package struct Fault: Sendable {
    /// The kinds of calls that can be chosen.
    package enum Call: Sendable {
        case open
        case read
        case write
        case resize
        case reserve
        case createMemory
        case map
        case createPair
        case send
        case receive
        case poll
        case spawn
        case watchProcess
        case wait
        case duplicate
        case sleep
        case lock
    }

    fileprivate let rule: joblib_fault_rule

    /// A call that fails.
    ///
    /// - Parameters:
    ///   - call: Which one.
    ///   - code: The errno it fails with.
    ///   - times: How many calls fail.
    ///   - skipping: How many go through before.
    package init(_ call: Call, fails code: Int32, times: UInt32 = 1, skipping: UInt32 = 0) {
        rule = joblib_fault_rule(call: call.raw, skip: skipping, times: times, code: code, limit: 0)
    }

    /// A call that moves fewer bytes than it was asked for.
    ///
    /// - Parameters:
    ///   - call: Which one.
    ///   - limit: The most bytes it moves, at least 1.
    ///   - times: How many calls fall short.
    ///   - skipping: How many go through before.
    package init(_ call: Call, limitedTo limit: Int, times: UInt32 = 1, skipping: UInt32 = 0) {
        rule = joblib_fault_rule(call: call.raw, skip: skipping, times: times, code: 0, limit: max(limit, 1))
    }
}

/// Makes chosen system calls of the calling thread fail, for what a test cannot provoke otherwise.
///
/// Outside of tests, a call pays for reading one word. For example:
///
///     try Faults.with([Fault(.send, fails: EINTR, times: 3)]) { try socket.send(frame) }
package enum Faults {
    /// Runs `body` with the faults in force for this thread; does not nest.
    ///
    /// - Parameters:
    ///   - faults: For a call that several of them fit, the first that is not used up.
    ///   - body: The code under test.
    /// - Returns: What `body` returns, and how many faults it did not meet.
    package static func with<R>(_ faults: [Fault], _ body: () throws -> R) rethrows -> (result: R, unused: Int) {
        var rules = faults.map(\.rule)
        // Safe: the rules stay in place until `body` is done, and are taken out of force before they go.
        return try unsafe rules.withUnsafeMutableBufferPointer { buffer in
            unsafe joblib_set_faults(buffer.baseAddress, buffer.count)
            defer { joblib_set_faults(nil, 0) }
            let result = try body()
            return (result, unsafe buffer.reduce(0) { $0 + Int($1.times) })
        }
    }
}

extension Faults {
    /// The calling thread's faults, for work that another thread does for it.
    @safe struct Inherited: Sendable {
        // The rules are used by one thread at a time: their owner waits meanwhile.
        private nonisolated(unsafe) let rules: UnsafeMutablePointer<joblib_fault_rule>?
        private let count: Int

        init() {
            var count = 0
            // Safe: the call fills one number of ours.
            unsafe rules = joblib_current_faults(&count)
            self.count = count
        }

        /// Runs `body` with them, while the thread that they belong to waits.
        func with<R>(_ body: () -> R) -> R {
            if count == 0 { return body() }
            // Safe: the owner keeps the rules in place until this is done.
            unsafe joblib_set_faults(rules, count)
            defer { joblib_set_faults(nil, 0) }
            return body()
        }
    }
}

extension Fault.Call {
    fileprivate var raw: joblib_call {
        switch self {
        case .open: .open
        case .read: .read
        case .write: .write
        case .resize: .resize
        case .reserve: .reserve
        case .createMemory: .memory
        case .map: .map
        case .createPair: .pair
        case .send: .send
        case .receive: .receive
        case .poll: .poll
        case .spawn: .spawn
        case .watchProcess: .watch
        case .wait: .wait
        case .duplicate: .duplicate
        case .sleep: .sleep
        case .lock: .lock
        }
    }
}
