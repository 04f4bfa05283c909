/// A program or a library, wherever it lies in memory.
package struct StackImage: Sendable, Hashable {
    /// Its file, as the process that had it loaded named it; empty when it is not known.
    package var path: String
    /// What the linker wrote into it; empty when it did not.
    package var buildID: [UInt8]

    package init(path: String, buildID: [UInt8]) {
        self.path = path
        self.buildID = buildID
    }

    /// The file's name without directories.
    package var name: String { path.split(separator: "/").last.map(String.init) ?? "" }
}
