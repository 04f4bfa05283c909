// The texts of the errors about NPY and NPZ files.

extension JoblibError {
    static func cannotRead(_ path: String, cause: any Error) -> Self {
        (cause as? JoblibError)
            ?? Self(code: .cannotReadFile, message: "\(quoted(path)) could not be read", cause: cause)
    }

    static func cannotWrite(_ path: String, cause: any Error) -> Self {
        (cause as? JoblibError)
            ?? Self(
                code: .cannotWriteFile,
                message: "\(quoted(path)) could not be written",
                remedy: "See that its folder exists, may be written by this program, and has free space.",
                cause: cause
            )
    }

    static func notNPY(_ subject: String, start: [UInt8]) -> Self {
        let signature = FileSignature(start)
        let other = signature == .unknown ? "" : ": it is \(signature.description)"
        return Self(code: .damagedFile, message: "\(subject) is no NPY file\(other)", remedy: signature.reader)
    }

    static func unknownNPYVersion(_ subject: String, _ major: UInt8, _ minor: UInt8) -> Self {
        Self(
            code: .damagedFile,
            message: "\(subject) has version \(major).\(minor) of the NPY format, and 1.0 to 3.0 are known",
            remedy: "The file is damaged, or needs a newer release of this package."
        )
    }

    static func damagedNPY(_ subject: String, _ reason: String) -> Self {
        Self(
            code: .damagedFile,
            message: "\(subject) is a damaged NPY file: \(reason)",
            remedy: "Copy or write it again."
        )
    }

    static func structured(_ subject: String, _ description: PythonLiteral) -> Self {
        Self(
            code: .unsupportedType,
            message: "\(subject) holds records of dtype \(quoted("\(description)")), which no Swift number stands for",
            remedy: "Save its fields one by one in Python, for example numpy.save(path, array['x'])."
        )
    }

    static func damagedNPZ(_ subject: String, _ reason: String) -> Self {
        Self(
            code: .damagedFile,
            message: "\(subject) is no NPZ archive or a damaged one: \(reason)",
            remedy: "Copy or write it again."
        )
    }

    static func noMember(_ name: String, in subject: String, names: [String]) -> Self {
        let known = names.isEmpty ? "It has none." : "It has \(names.prefix(20).map(quoted).joined(separator: ", "))."
        return Self(
            code: .invalidArgument,
            message: "\(subject) has no array named \(quoted(name))",
            remedy: known
        )
    }

    static func unusableName(_ name: String) -> Self {
        Self(
            code: .invalidArgument,
            message: "\(quoted(name)) cannot be the name of an array in an NPZ archive",
            remedy: "A name has from 1 to 60,000 bytes, none of them zero, and occurs once."
        )
    }
}
