internal import JoblibSystem

/// NumPy's files of one array, as `numpy.save` writes and `numpy.load` reads them.
///
/// ```swift
/// let grid = try NPY.read(NDArray<Float>.self, from: "grid.npy")
/// try NPY.write(grid, to: "copy.npy")
/// let big = try NPY.read([Double].self, from: "big.npy", mapped: true)
/// ```
public enum NPY {
    /// Reads an array.
    ///
    /// Numbers of another type or byte order, and arrays in Fortran order, are converted; a number that would change
    /// by that is an error.
    ///
    /// ```swift
    /// let grid = try NPY.read(NDArray<Float>.self, from: "grid.npy")
    /// ```
    ///
    /// - Parameters:
    ///   - type: What to make of it: an ``NDArray``, or an `Array` for one dimension.
    ///   - path: The file.
    ///   - mapped: Whether the elements may be the pages of the file, which are read when they are touched. The file
    ///     must not be shortened meanwhile; replacing it by a rename, as ``write(_:to:)`` does, is safe. Where the file's
    ///     type, order or place does not allow it, the array is read as usual.
    /// - Returns: The array.
    /// - Throws: ``JoblibError`` if the file cannot be read, is no NPY file or is damaged, or holds what the type
    ///   cannot: Python objects, records, text, dates, complex numbers. No Python code in a file is ever run.
    public static func read<A: NumPyArray>(
        _ type: A.Type,
        from path: String,
        mapped: Bool = false
    ) throws -> A {
        do {
            let file = try FileReader(path)
            let subject = JoblibError.quoted(path)
            var offset = 0
            let place = file.size.map { NPYPlace(file: file, start: 0, end: $0) }
            return try unsafe read(type, in: subject, at: place, mapped: mapped) { buffer in
                try unsafe fill(buffer, from: file, at: &offset, subject: subject)
            }.array
        } catch {
            throw JoblibError.cannotRead(path, cause: error)
        }
    }

    /// Writes an array in C order, in this machine's byte order.
    ///
    /// The file is written beside its name and renamed: a reader never sees half of it.
    ///
    /// ```swift
    /// try NPY.write([1.5, 2, 3], to: "row.npy")
    /// ```
    ///
    /// - Parameters:
    ///   - array: An ``NDArray`` or an `Array` of numbers.
    ///   - path: The file to make or replace; its folder must exist.
    /// - Throws: ``JoblibError`` if the file cannot be written; an old one is left as it was.
    public static func write<A: NumPyArray>(_ array: A, to path: String) throws {
        do {
            let elements = array.numPyElements
            let header = NPYHeader.bytes(A.Element.numPyType, shape: array.numPyShape)
            try FileOutput.stream(to: path) { file in
                try unsafe header.withUnsafeBytes { try unsafe file.write($0) }
                // Safe: numbers have no padding.
                try unsafe elements.withUnsafeBytes { try unsafe file.write($0) }
            }
        } catch {
            throw JoblibError.cannotWrite(path, cause: error)
        }
    }

    /// The type and shape of the array in a file, without reading its elements.
    ///
    /// ```swift
    /// let (type, shape) = try NPY.layout(of: "grid.npy")      // <f4, [480, 640]
    /// ```
    ///
    /// - Parameter path: The file.
    /// - Throws: ``JoblibError`` if the file cannot be read, is no NPY file, or is damaged.
    public static func layout(of path: String) throws -> (type: NumPyType, shape: [Int]) {
        do {
            let file = try FileReader(path)
            let subject = JoblibError.quoted(path)
            var offset = 0
            let header = try unsafe NPYHeader.read(in: subject) { buffer in
                try unsafe fill(buffer, from: file, at: &offset, subject: subject)
            }
            return (header.layout.type, header.layout.shape)
        } catch {
            throw JoblibError.cannotRead(path, cause: error)
        }
    }
}
