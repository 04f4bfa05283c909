internal import CJoblibSystem

extension SystemCall {
    /// Makes a pipe whose ends do not wait and are closed on exec. Whoever calls owns them.
    static func makePipe() throws(SystemError) -> (reading: Int32, writing: Int32) {
        var ends: (reading: Int32, writing: Int32) = (-1, -1)
        // Safe: the call fills two numbers, which is what the tuple holds.
        let result = unsafe withUnsafeMutableBytes(of: &ends) { buffer in
            unsafe joblib_pipe(buffer.assumingMemoryBound(to: Int32.self).baseAddress)
        }
        guard result == 0 else { throw SystemError(code: -result, operation: "make", path: "a pipe") }
        return ends
    }
}
