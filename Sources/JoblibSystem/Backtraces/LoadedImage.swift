internal import CJoblibSystem

/// A program or a library, wherever it lies in memory.
package struct ImageIdentity: Sendable, Hashable {
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

/// An image and where a process has it.
struct LoadedImage: Sendable {
    var code: Range<UInt64>
    /// What to subtract from an address in memory to get one in the file.
    var bias: UInt64
    var identity: ImageIdentity
    var isProgram: Bool

    init?(_ image: joblib_loaded_image) {
        guard image.start < image.end else { return nil }
        code = image.start..<image.end
        bias = image.bias
        isProgram = image.is_program != 0
        var image = image
        // Safe: only bytes of the structure are read, and no more of them than it has.
        let (path, buildID) = unsafe withUnsafeBytes(of: &image.path) { path in
            unsafe withUnsafeBytes(of: image.build_id) { buildID in
                unsafe (
                    String(decoding: path.prefix { $0 != 0 }, as: UTF8.self),
                    Array(buildID.prefix(Int(image.build_id_length)))
                )
            }
        }
        identity = ImageIdentity(path: path, buildID: buildID)
    }

    /// What this process has loaded now.
    static func all() -> [LoadedImage] {
        // Safe: the function fills at most as many as it is told, and says how many.
        unsafe withUnsafeTemporaryAllocation(
            of: joblib_loaded_image.self,
            capacity: joblib_image_capacity
        ) { buffer in
            let count = unsafe joblib_list_images(buffer.baseAddress, buffer.count)
            return unsafe buffer.prefix(count).compactMap { LoadedImage($0) }
        }
    }
}
