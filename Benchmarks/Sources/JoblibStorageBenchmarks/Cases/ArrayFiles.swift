import BenchmarkServing
import JoblibPersistence

/// An array of 512 MiB to a file and back.
enum ArrayFiles {
    static var variants: [Variant] {
        [
            written("ours", as: "dumped.joblib") { try dump($0, to: $1) },
            written("ours_npy", as: "dumped.npy") { try NPY.write($0, to: $1) },
            written("write", as: "written", PlainFile.write),
            .blocking("load_512m/ours") {
                let path = try file("swift.joblib") { try dump($0, to: $1) }
                return try Stopwatch.sample(operations: 1, checksum: LargeArray.sum) {
                    try load([Double].self, from: path)
                }
            },
            .blocking("load_512m/ours_npy") {
                let path = try file("swift.npy") { try NPY.write($0, to: $1) }
                return try Stopwatch.sample(operations: 1, checksum: LargeArray.sum) {
                    try NPY.read([Double].self, from: path)
                }
            },
        ]
    }

    private static func written(
        _ name: String,
        as file: String,
        _ write: @escaping @Sendable ([Double], String) throws -> Void
    ) -> Variant {
        .blocking("dump_512m/\(name)") {
            let values = LargeArray.make()
            let path = Scratch.path(file)
            defer { try? Scratch.remove(path) }
            // The system's cache then has pages for it: where they come from is not what is measured.
            try write(values, path)
            try Scratch.remove(path)
            let sample = try Stopwatch.sample(operations: 1, checksum: { _ in UInt64(values.count) }) {
                try write(values, path)
            }
            let size = try Scratch.size(of: path)
            guard (0..<1 << 16).contains(size - LargeArray.byteCount) else {
                throw ScratchFailure(text: "\(path) has \(size) bytes")
            }
            return sample
        }
    }

    /// A file of the large array, written where it is not there yet.
    static func file(_ name: String, _ write: ([Double], String) throws -> Void) throws -> String {
        let path = Scratch.path(name)
        if !Scratch.exists(path) { try write(LargeArray.make(), path) }
        return path
    }
}
