internal import JoblibSystem

/// Reads a value.
public func load<T: Decodable>(_ type: T.Type, from path: String, mapped: Bool = false) throws(JoblibError) -> T {
    do {
        let file = try FileReader(path)
        guard let size = file.size else { throw PickleProblem.notPickle }
        var reader = PickleReader(PickleInput(FileSource(file, size: size)), mapsArrays: mapped)
        return try ValueDecoder(try reader.read()).decode(type)
    } catch {
        throw JoblibError.cannotLoad(type, path, cause: error)
    }
}
