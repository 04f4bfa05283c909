internal import JoblibSystem

/// NumPy's archives of several arrays, as `numpy.savez` writes and `numpy.load` reads them.
///
/// ```swift
/// try NPZ.write(["weights": weights, "labels": labels], to: "model.npz")
/// let weights = try NPZ.read(NDArray<Float>.self, named: "weights", from: "model.npz")
/// let all = try NPZ.read(NDArray<Double>.self, from: "model.npz")         // by name
/// ```
///
/// To read several arrays of different types, open an ``Archive``.
public enum NPZ {
    /// Reads all arrays of an archive, which must be of one type.
    ///
    /// ```swift
    /// let arrays = try NPZ.read([Double].self, from: "columns.npz")
    /// print(arrays["price"]?.count ?? 0)
    /// ```
    ///
    /// - Parameters:
    ///   - type: What to make of each: an ``NDArray``, or an `Array` for one dimension.
    ///   - path: The file.
    ///   - mapped: As for ``Archive/read(_:named:mapped:)``.
    /// - Returns: The arrays by their names, without `.npy`.
    /// - Throws: ``JoblibError`` if the file cannot be read, is no archive or is damaged, or holds what the type cannot.
    public static func read<A: NumPyArray>(
        _ type: A.Type,
        from path: String,
        mapped: Bool = false
    ) throws -> [String: A] {
        let archive = try Archive(path)
        var arrays: [String: A] = [:]
        for name in archive.names { arrays[name] = try archive.read(type, named: name, mapped: mapped) }
        return arrays
    }

    /// Reads one array of an archive, and nothing of the others.
    ///
    /// ```swift
    /// let weights = try NPZ.read(NDArray<Float>.self, named: "weights", from: "model.npz")
    /// ```
    ///
    /// - Parameters:
    ///   - type: What to make of it: an ``NDArray``, or an `Array` for one dimension.
    ///   - name: Its name, without `.npy`.
    ///   - path: The file.
    ///   - mapped: As for ``Archive/read(_:named:mapped:)``.
    /// - Returns: The array.
    /// - Throws: ``JoblibError`` as for ``read(_:from:mapped:)``, and if there is no array of that name.
    public static func read<A: NumPyArray>(
        _ type: A.Type,
        named name: String,
        from path: String,
        mapped: Bool = false
    ) throws -> A {
        try Archive(path).read(type, named: name, mapped: mapped)
    }

    /// Writes arrays, of the same or of different types, sorted by name.
    ///
    /// The file is written beside its name and renamed: a reader never sees half of it. Equal arrays give equal files.
    ///
    /// ```swift
    /// try NPZ.write(["image": image, "labels": [1, 2, 3]], to: "sample.npz", compressed: true)
    /// ```
    ///
    /// - Parameters:
    ///   - arrays: The arrays by their names, without `.npy`.
    ///   - path: The file to make or replace; its folder must exist.
    ///   - compressed: Whether to compress, as `numpy.savez_compressed` does. Compressed arrays cannot be mapped.
    /// - Throws: ``JoblibError`` if the file cannot be written or a name cannot be used; an old file is left as it was.
    public static func write(
        _ arrays: [String: any NumPyArray],
        to path: String,
        compressed: Bool = false
    ) throws {
        try write(arrays, to: path, compressed: compressed, largest: 0xffff_ffff)
    }

    /// - Parameter largest: From where on numbers are written in 64 bits.
    static func write(
        _ arrays: [String: any NumPyArray],
        to path: String,
        compressed: Bool,
        largest: Int
    ) throws(JoblibError) {
        for name in arrays.keys where !(1...60_000).contains(name.utf8.count) || name.utf8.contains(0) {
            throw JoblibError.unusableName(name)
        }
        do {
            try FileOutput.stream(to: path) { file in
                var writer = ZipWriter(file, largest: largest)
                for (name, array) in arrays.sorted(by: { $0.key < $1.key }) {
                    // 6 is NumPy's level.
                    try add(array, named: name, to: &writer, level: compressed ? 6 : nil)
                }
                try writer.finish()
            }
        } catch {
            throw JoblibError.cannotWrite(path, cause: error)
        }
    }

    private static func add<A: NumPyArray>(
        _ array: A,
        named name: String,
        to writer: inout ZipWriter,
        level: Int?
    ) throws {
        let elements = array.numPyElements
        let header = NPYHeader.bytes(A.Element.numPyType, shape: array.numPyShape)
        let size = header.count + elements.count * MemoryLayout<A.Element>.stride
        try unsafe writer.add("\(name).npy", size: size, level: level) { sink in
            try unsafe header.withUnsafeBytes { try unsafe sink($0) }
            // Safe: numbers have no padding.
            try unsafe elements.withUnsafeBytes { try unsafe sink($0) }
        }
    }
}
