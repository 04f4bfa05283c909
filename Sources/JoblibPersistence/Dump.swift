internal import JoblibSystem

/// Writes a value to a file that ``load(_:from:mapped:)`` and Python's `joblib.load` read.
public func dump<T: Encodable>(_ value: T, to path: String) throws(JoblibError) {
    do {
        let converted = try ValueEncoder.value(value)
        try FileOutput.stream(to: path) { file in
            var writer = PickleWriter(file, allowsMapping: true)
            try writer.write(converted)
        }
    } catch {
        throw JoblibError.cannotDump(path, cause: error)
    }
}
