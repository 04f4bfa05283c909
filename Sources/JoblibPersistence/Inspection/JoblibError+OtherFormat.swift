internal import JoblibSystem

extension JoblibError {
    /// The error for a file that is plainly of another format; nil for one that is not, or cannot be told.
    ///
    /// - Parameters:
    ///   - path: A file that could not be read as what was expected.
    ///   - expected: What it should be.
    ///   - signature: What such files look like; nil: like pickles.
    static func otherFormat(_ path: String, _ expected: String, than signature: FileSignature? = nil) -> Self? {
        // A pipe has given its bytes already, and may make its reader wait.
        guard let reader = try? FileReader(path), reader.size != nil, let file = try? InspectedFile(path) else {
            return nil
        }
        let isExpected = signature.map { $0 == file.signature && file.compressor == nil } ?? file.signature.mayBePickle
        // Compressed by one method within another.
        if isExpected || file.signature == .unknown { return nil }
        let outside = file.compressor.map { ", compressed by \($0)," } ?? ""
        return Self(
            code: .damagedFile,
            message: "\(quoted(path))\(outside) is \(file.signature.description), and no \(expected)",
            remedy: file.compressor == nil ? file.signature.reader : nil
        )
    }
}
