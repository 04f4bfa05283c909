internal import CJoblibSystem

/// The machine's memory.
package enum SystemMemory {
    /// What can still be used without swapping, in bytes; nil where the system does not tell.
    ///
    /// - Parameter root: The directory that stands for "/".
    package static func availableByteCount(root: String = "/") -> Int? {
        bytes("MemAvailable", root: root)
    }

    /// How many files this process may have open at once.
    package static var descriptorLimit: Int { Int(clamping: joblib_descriptor_limit()) }

    /// All there is, in bytes; nil where the system does not tell.
    ///
    /// - Parameter root: The directory that stands for "/".
    package static func byteCount(root: String = "/") -> Int? {
        #if canImport(Darwin)
        SystemCall.kernelNumber("hw.memsize")
        #else
        bytes("MemTotal", root: root)
        #endif
    }

    /// A line such as `MemTotal:       24601212 kB`.
    private static func bytes(_ name: String, root: String) -> Int? {
        guard let text = SystemFiles(root: root).text("/proc/meminfo") else { return nil }
        for line in text.split(separator: "\n") where line.hasPrefix(name + ":") {
            guard let field = line.dropFirst(name.count + 1).split(separator: " ").first, let count = Int(field) else {
                return nil
            }
            let (bytes, overflow) = count.multipliedReportingOverflow(by: 1024)
            return overflow ? nil : bytes
        }
        return nil
    }
}
