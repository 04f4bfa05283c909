// The texts of the errors about compression.

internal import JoblibSystem

extension JoblibError {
    static func unknownLevel(_ level: Int, of method: String, range: ClosedRange<Int>) -> Self {
        Self(
            code: .invalidArgument,
            message: "Non valid compress level given: \"\(level)\". "
                + "Possible values of \(method) are \(range.lowerBound) to \(range.upperBound)",
            remedy: "Leave the level out for the default."
        )
    }

    static func unknownCodec(_ name: String, known: [String]) -> Self {
        Self(
            code: .invalidArgument,
            message: "Non valid compression method given: \(quoted(name)). "
                + "Possible values are \(known.map(quoted).joined(separator: ", "))",
            remedy: "Register others with CompressorRegistry.register first."
        )
    }

    static func codecExists(_ name: String) -> Self {
        Self(
            code: .invalidArgument,
            message: "Compressor \(quoted(name)) already registered",
            remedy: "Write replacing: true to put another one in its place."
        )
    }

    static func unusableCodec(_ name: String, _ extensions: [String]) -> Self {
        Self(
            code: .invalidArgument,
            message: "a compressor named \(quoted(name)) with the file extensions \(extensions) cannot be registered",
            remedy: "The name must not be empty, and each extension begins with a dot, such as \".sz\"."
        )
    }

    static func missingLibrary(_ library: SystemLibrary, for method: String) -> Self {
        Self(
            code: .missingLibrary,
            message: "\(method) needs the library \(library.name), which was not found as \(library.fileNames[0])",
            remedy: "Install it: apt install \(library.debianPackage) on Debian and Ubuntu, "
                + "brew install \(library.brewFormula) on macOS."
        )
    }

    /// - Parameter subject: What is read, as in `'model.joblib'`.
    package static func damagedCompression(_ subject: String, method: String, cause: any Error) -> Self {
        let reason = (cause as? CompressionProblem)?.description
        return Self(
            code: .damagedFile,
            message: "\(subject) cannot be decompressed by \(method)" + (reason.map { ": \($0)" } ?? ""),
            remedy: "The data are damaged or cut off; copy or write them again.",
            cause: reason == nil ? cause : nil
        )
    }

    static func compressionFailed(_ subject: String, method: String, cause: any Error) -> Self {
        let reason = (cause as? CompressionProblem)?.description
        return Self(
            code: .systemResource,
            message: "\(subject) cannot be compressed by \(method)" + (reason.map { ": \($0)" } ?? ""),
            cause: reason == nil ? cause : nil
        )
    }
}
