internal import CJoblibSystem

/// This process, as error messages and reports name it.
package enum CurrentProcess {
    /// The process number.
    package static var identifier: Int32 { SystemCall.processIdentifier }

    /// The machine's name; "localhost" when it has none.
    package static var hostName: String {
        guard let name = SystemCall.hostName, !name.isEmpty else { return "localhost" }
        return name
    }

    /// The file that this program was started from; nil when the system does not tell.
    package static var executablePath: String? { SystemCall.executablePath }

    /// A path that starts this very program again; nil when the system does not tell.
    ///
    /// On Linux it leads to the running image even when the file has been replaced by a newer build.
    package static var imagePath: String? {
        #if os(Linux) || os(Android)
        "/proc/self/exe"
        #else
        executablePath
        #endif
    }

    /// The numbers of the descriptors that are open now, of the first 4096: for tests that look for leaks.
    package static var openDescriptors: [Int32] {
        (0..<4096).filter(SystemCall.isOpen)
    }

    /// How much memory this process occupies, in bytes; 0 where that cannot be told.
    package static var residentByteCount: Int { Int(joblib_resident_bytes()) }
}
