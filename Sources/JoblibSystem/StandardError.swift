internal import CJoblibSystem

/// Messages to people. A reader who went away is no reason to stop a program.
package enum StandardError {
    /// The descriptor's number.
    package static let descriptor: Int32 = 2

    /// Writes a text with one system call where the system allows it, so that lines of several threads stay whole.
    ///
    /// Never throws and raises no SIGPIPE: what cannot be written because the other end is closed, or has taken nothing
    /// for a second, is dropped.
    ///
    /// - Parameter text: The text, with its line break.
    package static func write(_ text: String) {
        write(Array(text.utf8), to: descriptor)
    }

    static func write(_ bytes: [UInt8], to descriptor: Int32, patienceMilliseconds: Int32 = 1000) {
        var done = 0
        while done < bytes.count {
            // Safe: the call reads at most the bytes left in the array.
            let result = unsafe bytes.withUnsafeBytes { buffer in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[done...])
                return unsafe joblib_write_without_signal(descriptor, rest.baseAddress, rest.count)
            }
            switch result {
            case 1...:
                done += result
            case -Int(SystemCall.interrupted):
                continue
            case -Int(SystemCall.mustWait):
                if !SystemCall.waitUntilWritable(descriptor, milliseconds: patienceMilliseconds) { return }
            default:
                return
            }
        }
    }
}
