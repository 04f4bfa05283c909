internal import CJoblibSystem

/// Pages of a ``SharedMemory`` in this process, until the last reference to this object goes.
@safe
package final class Mapping: Sendable {
    package enum Access: Sendable {
        case readOnly
        case readWrite
        /// Writes are seen by this mapping alone.
        case copyOnWrite
    }

    // Nobody changes the address; who uses the memory at it keeps his own order.
    private nonisolated(unsafe) let start: UnsafeMutableRawPointer?
    package let byteCount: Int
    package let access: Access

    init(start: UnsafeMutableRawPointer?, byteCount: Int, access: Access) {
        unsafe self.start = start
        self.byteCount = byteCount
        self.access = access
    }

    deinit {
        if let start = unsafe start { unsafe joblib_unmap(start, byteCount) }
    }

    /// Runs `body` with the memory, which another process may change at any time.
    package func withBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        // The last use of this object might otherwise be the one that gave the address.
        defer { withExtendedLifetime(self) {} }
        return try unsafe body(UnsafeRawBufferPointer(start: start, count: byteCount))
    }

    /// Runs `body` with the memory, for writing; nil when the mapping is read-only.
    package func withMutableBytes<R>(_ body: (UnsafeMutableRawBufferPointer) throws -> R) rethrows -> R? {
        defer { withExtendedLifetime(self) {} }
        return try unsafe mutableBytes.map { try unsafe body($0) }
    }

    /// The memory, for an owner who keeps this object as long as he uses it; nil when the mapping is read-only.
    var mutableBytes: UnsafeMutableRawBufferPointer? {
        access == .readOnly ? nil : unsafe UnsafeMutableRawBufferPointer(start: start, count: byteCount)
    }
}

extension Mapping.Access {
    var raw: joblib_access {
        switch self {
        case .readOnly: .read
        case .readWrite: .write
        case .copyOnWrite: .copy
        }
    }
}
