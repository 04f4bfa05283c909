/// A command of a user's: a program and its arguments, all of them bytes.
package struct CommandRequest: Sendable {
    /// The file to run; no search in `PATH`.
    package var path: [UInt8]
    /// With the command's name.
    package var arguments: [[UInt8]]
    /// Added to the niceness of this process.
    package var niceness: Int

    package init(path: [UInt8], arguments: [[UInt8]], niceness: Int = 0) {
        self.path = path
        self.arguments = arguments
        self.niceness = niceness
    }
}
