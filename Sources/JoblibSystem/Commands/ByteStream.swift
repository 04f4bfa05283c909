internal import CJoblibSystem

/// One of this process's own streams, by its number, as bytes.
package struct ByteStream: Sendable {
    package let descriptor: Int32

    package static let output = ByteStream(descriptor: 1)
    package static let error = ByteStream(descriptor: 2)

    /// Makes sure that the numbers 0 to 2 are open, so that no file gets one of them by chance.
    package static func fillStandard() {
        joblib_fill_standard_descriptors()
    }

    /// Writes all bytes, waiting for the reader as long as that takes, and without SIGPIPE.
    ///
    /// - Parameters:
    ///   - bytes: What to write.
    ///   - interrupted: Asked when a signal came while the reader took nothing; true gives up.
    /// - Returns: nil, or why not all was written.
    package func write(_ bytes: some Collection<UInt8>, interrupted: () -> Bool = { false }) -> SystemError? {
        bytes.withContiguousStorageIfAvailable { unsafe write($0, interrupted) }
            ?? write(Array(bytes), interrupted: interrupted)
    }

    private func write(_ bytes: UnsafeBufferPointer<UInt8>, _ interrupted: () -> Bool) -> SystemError? {
        var done = 0
        while done < bytes.count {
            // Safe: the call reads at most the bytes that are left.
            let rest = unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[done...])
            let result = unsafe joblib_write_without_signal(descriptor, rest.baseAddress, rest.count)
            switch result {
            case 0...: done += result
            case -Int(SystemCall.interrupted):
                if interrupted() { return SystemError(code: SystemCall.interrupted, operation: "write", path: name) }
            case -Int(SystemCall.mustWait):
                _ = SystemCall.waitUntilWritable(descriptor, milliseconds: 100)
                if interrupted() { return SystemError(code: SystemCall.interrupted, operation: "write", path: name) }
            default: return SystemError(code: Int32(-result), operation: "write", path: name)
            }
        }
        return nil
    }

    private var name: String {
        switch descriptor {
        case 1: "standard output"
        case 2: "standard error"
        default: "descriptor \(descriptor)"
        }
    }
}
