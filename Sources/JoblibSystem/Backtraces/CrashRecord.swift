internal import CJoblibSystem

/// Where a process was when a signal ended it.
package struct CrashRecord: Sendable {
    /// The signal, such as 4 (a Swift trap), 6 (`abort`), or 11 (a bad pointer).
    package var signal: Int32
    /// Why it was sent, as the system numbers reasons (`si_code`).
    package var code: Int32
    /// The address that could not be used; 0 when the signal is not about one.
    package var faultAddress: UInt64
    /// The thread, as the system numbers it.
    package var thread: Int32
    /// The thread had used up its stack, as a recursion without end does.
    package var isStackOverflow: Bool
    package var stack: RawStack

    init(_ record: joblib_stack_record, loaded: [MappedImage]) {
        signal = record.signal
        code = record.code
        faultAddress = record.fault_address
        thread = record.thread
        isStackOverflow = record.is_stack_overflow != 0
        stack = RawStack(record.stack, loaded: loaded)
    }

    /// What is known of why, for people; nil when it is only the signal.
    ///
    /// - Parameter tail: The end of what the process wrote to standard error, where Swift's runtime says what it found.
    package func message(standardErrorTail tail: String) -> String? {
        if let message = FatalErrorText.message(inStandardErrorTail: tail) { return message }
        if isStackOverflow { return "stack overflow" }
        guard SignalName.isBadAddress(signal), faultAddress != 0 else { return nil }
        return "bad address 0x\(String(faultAddress, radix: 16))"
    }
}
