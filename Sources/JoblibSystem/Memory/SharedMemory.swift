internal import CJoblibSystem

/// Memory that several processes can map. It has no name in any file system: nothing is left however they end.
package final class SharedMemory: Sendable {
    /// What to send to another process.
    package let descriptor: SharedDescriptor
    package let byteCount: Int

    /// Makes new memory, all zero.
    ///
    /// - Parameters:
    ///   - byteCount: Fixed from now on: no process can take pages away that another one reads.
    ///   - directory: Makes it a file without a name there, for data larger than the memory; its space is reserved now.
    /// - Throws: `SystemError` naming the directory or "shared memory": no space (`ENOSPC`), quota (`EDQUOT`), no
    ///   descriptors (`EMFILE`).
    package static func create(byteCount: Int, directory: String? = nil) throws(SystemError) -> SharedMemory {
        let name = directory ?? "shared memory"
        func failure(_ code: Int32, _ operation: String) -> SystemError {
            SystemError(code: code, operation: operation, path: name)
        }
        guard byteCount >= 0 else { throw failure(SystemCall.invalid, "reserve \(byteCount) bytes in") }
        // Safe: the texts are only read.
        let number =
            if let directory { unsafe joblib_unlinked_file(directory) } else { unsafe joblib_memory_create("joblib") }
        guard number >= 0 else { throw failure(-number, directory == nil ? "make" : "make a file in") }
        let descriptor = SharedDescriptor(owning: number, naming: name)
        let result = joblib_memory_resize(number, UInt64(byteCount), directory != nil)
        guard result == 0 else { throw failure(-result, "reserve \(byteCount) bytes in") }
        if directory == nil {
            let result = joblib_memory_seal(number, false)
            guard result == 0 else { throw failure(-result, "seal") }
        }
        return SharedMemory(descriptor: descriptor, byteCount: byteCount)
    }

    /// Takes memory over that another process has sent.
    ///
    /// - Parameters:
    ///   - descriptor: As it was received.
    ///   - trusted: False: it must be sealed. Its owner could otherwise shorten it, and reading would end this process.
    /// - Throws: `SystemError` (`EPERM`) when it is not sealed.
    package init(adopting descriptor: SharedDescriptor, trusted: Bool = false) throws(SystemError) {
        guard trusted || joblib_memory_is_sealed(descriptor.number) else {
            throw SystemError(code: SystemCall.notPermitted, operation: "map unsealed", path: "shared memory")
        }
        self.descriptor = descriptor
        byteCount = try descriptor.size()
    }

    private init(descriptor: SharedDescriptor, byteCount: Int) {
        self.descriptor = descriptor
        self.byteCount = byteCount
    }

    /// Forbids all writing from now on, to all processes. Does nothing for a file in a directory.
    ///
    /// - Throws: `SystemError` (`EBUSY`) while anybody has it mapped for writing.
    package func freeze() throws(SystemError) {
        guard joblib_memory_is_sealed(descriptor.number) else { return }
        let result = joblib_memory_seal(descriptor.number, true)
        guard result == 0 else { throw SystemError(code: -result, operation: "freeze", path: "shared memory") }
    }

    /// Maps a part of it.
    ///
    /// - Parameters:
    ///   - access: What this mapping allows.
    ///   - offset: Where it begins, a multiple of ``pageSize``.
    ///   - byteCount: How much; nil: the rest.
    /// - Throws: `SystemError`: `EINVAL` when that does not lie within the memory (touching it would end the process),
    ///   `ENOMEM` when there are no addresses left.
    package func map(
        _ access: Mapping.Access,
        offset: Int = 0,
        byteCount: Int? = nil
    ) throws(SystemError) -> Mapping {
        let count = byteCount ?? self.byteCount - offset
        try check(offset: offset, byteCount: count)
        if count == 0 { return unsafe Mapping(start: nil, byteCount: 0, access: access) }
        var start: UnsafeMutableRawPointer?
        // Safe: the call fills one pointer of ours.
        let result = unsafe joblib_map(descriptor.number, UInt64(offset), count, access.raw, &start)
        guard result == 0, let start = unsafe start else {
            throw SystemError(code: -result, operation: "map \(count) bytes of", path: "shared memory")
        }
        // A hint; small mappings cannot hold a large page.
        if count >= LargePages.byteCount { unsafe LargePages.prefer(start, byteCount: count) }
        return unsafe Mapping(start: start, byteCount: count, access: access)
    }

    /// Where a part of a memory may begin.
    package static let pageSize = Int(joblib_page_size())

    func check(offset: Int, byteCount count: Int) throws(SystemError) {
        let isInside = offset >= 0 && count >= 0 && offset <= byteCount && count <= byteCount - offset
        guard isInside, offset % Self.pageSize == 0 else {
            throw SystemError(
                code: SystemCall.invalid,
                operation: "map \(count) bytes at \(offset) of \(byteCount) bytes of",
                path: "shared memory"
            )
        }
    }
}
