/// Locks between processes on numbers, by means of one file: taking one is a single system call and leaves nothing behind.
///
/// They are locks of single bytes, far behind the file's end, that belong to the open file (`F_OFD_SETLK`): the kernel frees
/// them when their holder ends, however that ends. Two objects exclude each other, also in one process; one object does not
/// exclude itself.
package final class RangeLocks: Sendable {
    private let file: SharedDescriptor
    private let path: String
    private let identity: FileStatus.Identity?

    /// Opens the file, or makes it.
    package init(_ path: String) throws(SystemError) {
        let number = SystemCall.openLock(path)
        guard number >= 0 else { throw SystemError(code: -number, operation: "open", path: path) }
        file = SharedDescriptor(owning: number, naming: path)
        self.path = path
        identity = SystemCall.status(of: number)?.identity
    }

    /// Whether the path still leads to this file; others lock another one if not.
    package var isInPlace: Bool { SystemCall.status(of: path)?.identity == identity }

    /// Locks a number.
    ///
    /// - Parameter wait: Whether to wait for whoever has it.
    /// - Returns: False when somebody else has it, without `wait`.
    /// - Throws: `SystemError`: no locks on this file system.
    package func acquire(_ number: UInt64, wait: Bool) throws(SystemError) -> Bool {
        let result = SystemCall.lockByte(file.number, at: number, .exclusive, wait: wait)
        if result == 0 { return true }
        if !wait, result == -SystemCall.mustWait || result == -SystemCall.noPermission { return false }
        throw SystemError(code: -result, operation: "lock", path: path)
    }

    package func release(_ number: UInt64) {
        _ = SystemCall.lockByte(file.number, at: number, nil, wait: false)
    }
}
