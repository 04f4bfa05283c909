/// An open file with several owners; closed when the last of them lets go.
package final class SharedDescriptor: Sendable {
    private let file: FileDescriptor

    /// Takes over an open descriptor.
    ///
    /// - Parameters:
    ///   - number: What a system call has just returned; nobody else may close it.
    ///   - path: What errors call it.
    package init(owning number: Int32, naming path: String) {
        file = FileDescriptor(owning: number, naming: path)
    }

    /// The number that system calls take; valid as long as this object lives.
    package var number: Int32 { file.number }

    /// The file's size in bytes.
    package func size() throws(SystemError) -> Int { try file.size() }
}
