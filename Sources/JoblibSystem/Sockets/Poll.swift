internal import CJoblibSystem

/// Waiting for descriptors.
package enum Poll {
    /// No deadline.
    package static let forever = UInt64.max

    /// What a descriptor is waited for.
    package enum Interest: Sendable {
        case readable
        case writable
        /// Only the end of the other side, which the other two report as well.
        case ended
    }

    /// Waits until at least one descriptor is ready.
    ///
    /// - Parameters:
    ///   - descriptors: Numbers; one that is not open counts as ready, so that nobody waits for it in vain.
    ///   - interest: What to wait for.
    ///   - deadline: On ``MonotonicClock``; ``forever`` for none, 0 for a look.
    /// - Returns: The positions in `descriptors` of those that are ready; none when the deadline has passed.
    /// - Throws: `SystemError` when the system lacks memory; never for an interruption.
    package static func wait(
        for descriptors: [Int32],
        _ interest: Interest = .readable,
        until deadline: UInt64 = forever
    ) throws(SystemError) -> [Int] {
        try wait(
            for: descriptors,
            interests: [Interest](repeating: interest, count: descriptors.count),
            until: deadline
        )
    }

    /// As above, with an interest for each descriptor.
    package static func wait(
        for descriptors: [Int32],
        interests: [Interest],
        until deadline: UInt64 = forever
    ) throws(SystemError) -> [Int] {
        var events = interests.map(\.mask)
        let count = min(descriptors.count, events.count)
        // Safe: the call reads and fills the first `count` entries and keeps no pointer.
        let result = unsafe joblib_poll(descriptors, &events, count, deadline)
        guard result >= 0 else { throw SystemError(code: -result, operation: "wait for", path: "descriptors") }
        return events.indices.filter { events[$0] != 0 }
    }

    /// Waits for one descriptor; false when the deadline has passed.
    package static func wait(
        for descriptor: Int32,
        _ interest: Interest = .readable,
        until deadline: UInt64 = forever
    ) throws(SystemError) -> Bool {
        var number = descriptor
        var event = interest.mask
        // Safe: the call reads one number and one byte of ours and fills the byte.
        let result = unsafe joblib_poll(&number, &event, 1, deadline)
        guard result >= 0 else { throw SystemError(code: -result, operation: "wait for", path: "a descriptor") }
        return result > 0
    }
}

extension Poll.Interest {
    fileprivate var mask: UInt8 {
        switch self {
        case .readable: UInt8(joblib_ready_read)
        case .writable: UInt8(joblib_ready_write)
        case .ended: 0
        }
    }
}
