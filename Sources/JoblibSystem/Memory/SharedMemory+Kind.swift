extension SharedMemory {
    /// How the system makes memory that processes share, for people.
    package static var mechanism: String {
        #if os(Linux) || os(Android)
        "memfd_create"
        #else
        "shm_open"
        #endif
    }

    /// Whether arrays are mapped where they lie; otherwise they are copied out of shared memory.
    package static var mapsArraysInPlace: Bool { ArrayLayout<Double>() != nil }

    /// What the system says about large pages for anonymous and for shared memory, such as `madvise`; nil where it does not.
    ///
    /// - Parameter root: The directory that stands for "/".
    package static func largePagePolicies(root: String = "/") -> (anonymous: String?, shared: String?) {
        let files = SystemFiles(root: root)
        func chosen(_ name: String) -> String? {
            // "always [madvise] never": the one in brackets.
            guard let text = files.text("/sys/kernel/mm/transparent_hugepage/\(name)"),
                let start = text.firstIndex(of: "["), let end = text[start...].firstIndex(of: "]")
            else { return nil }
            return String(text[text.index(after: start)..<end])
        }
        return (chosen("enabled"), chosen("shmem_enabled"))
    }
}
