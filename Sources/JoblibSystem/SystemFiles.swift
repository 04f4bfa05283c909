/// The small text files in which Linux tells about itself, below a root that tests may replace.
struct SystemFiles {
    private let root: String

    init(root: String) {
        self.root = root.hasSuffix("/") ? String(root.dropLast()) : root
    }

    /// A file's text; nil when it cannot be read.
    ///
    /// - Parameter path: Begins with "/".
    func text(_ path: String) -> String? {
        // A machine of some thousand processors has a cpuinfo of a few megabytes.
        try? FileInput.readText(root + path, maximumBytes: 16 << 20)
    }
}
