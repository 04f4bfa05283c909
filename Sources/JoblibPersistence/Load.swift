internal import JoblibSystem

/// Reads a value from a file that ``dump(_:to:compression:)`` or Python's `joblib.dump` has written.
///
/// ```swift
/// let model = try load(Model.self, from: "model.joblib")
/// let anything = try load(JoblibValue.self, from: "unknown.joblib")
/// let big = try load([Double].self, from: "big.joblib", mapped: true)     // nothing is read until it is touched
/// ```
///
/// No code in a file is ever run: what it may hold are None, truth values, numbers, text, bytes, lists, tuples,
/// dictionaries, sets and NumPy's arrays and numbers. A dictionary is read as a struct by the names of its properties, a
/// NumPy array as `[Double]` and its like, as an ``NDArray`` or as nested arrays, whatever its byte order and memory
/// layout. Its numbers may be of another type than the one asked for if that changes none of them.
///
/// With `mapped`, arrays are the pages of the file: ordinary arrays that are there at once whatever their size, and of
/// which only touched parts take memory. Changing one copies it, as with any array that is in use elsewhere. The file must
/// stay as it is while they are in use: one that another program makes shorter ends this one when a lost page is touched
/// (SIGBUS), and one that is changed in place changes them. Replacing it, as `dump` does, harms nothing. Arrays of truth
/// values, of another byte order or in Fortran's memory layout are read, as are all arrays in a compressed file.
///
/// - Parameters:
///   - type: What to read it as.
///   - path: The file. Whether and how it is compressed is seen from its first bytes, not from its name.
///   - mapped: Whether arrays stay in the file until they are touched.
/// - Throws: ``JoblibError``: `.cannotReadFile` when it cannot be opened or read, `.damagedFile` when it is no joblib file
///   or not all of one, `.unsupportedType` when it holds another object of Python's, which is named, `.typeMismatch` when
///   it holds another value than `type`, with the place in it, and `.missingLibrary` when the library that decompresses
///   it is not installed. Never for compressed files with `mapped`.
public func load<T: Decodable>(
    _ type: T.Type,
    from path: String,
    mapped: Bool = false
) throws -> T {
    do {
        let input = PickleInput(try FileSource.open(path))
        var reader = PickleReader(input, mapsArrays: mapped)
        let value = try reader.read()
        try input.finish()
        return try ValueDecoder(value).decode(type)
    } catch {
        throw JoblibError.cannotLoad(type, path, cause: error)
    }
}
