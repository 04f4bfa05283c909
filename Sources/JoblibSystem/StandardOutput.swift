/// What the program prints.
package enum StandardOutput {
    /// Passes on what the C library still holds.
    package static func flush() {
        SystemCall.flushOutput()
    }
}
