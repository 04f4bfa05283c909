internal import CJoblibSystem

/// An image and where a process has it.
struct MappedImage: Sendable {
    var code: Range<UInt64>
    /// What to subtract from an address in memory to get one in the file.
    var bias: UInt64
    var identity: StackImage
    var isProgram: Bool

    init?(_ image: joblib_mapped_image) {
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
        identity = StackImage(path: path, buildID: buildID)
    }

    /// What this process has loaded now.
    static func all() -> [MappedImage] {
        // Safe: the function fills at most as many as it is told, and says how many.
        unsafe withUnsafeTemporaryAllocation(
            of: joblib_mapped_image.self,
            capacity: joblib_image_capacity
        ) { buffer in
            let count = unsafe joblib_list_images(buffer.baseAddress, buffer.count)
            return unsafe buffer.prefix(count).compactMap { MappedImage($0) }
        }
    }
}
