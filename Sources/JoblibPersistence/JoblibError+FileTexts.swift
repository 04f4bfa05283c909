internal import JoblibCoding
internal import JoblibSystem

// The texts of the errors of `dump` and `load`.

extension JoblibError {
    static func cannotDump(_ path: String, cause: any Error) -> Self {
        switch cause {
        case let error as JoblibError where error.code != .cannotWriteFile:
            var error = error
            error.message = "\(quoted(path)) was not written: \(error.message)"
            return error
        case EncodingError.invalidValue(_, let context):
            let place = context.codingPath.isEmpty ? "" : " at \(PlaceKey.text(of: context.codingPath))"
            return Self(
                code: .unsupportedType,
                message: "\(quoted(path)) was not written: the value\(place) cannot be encoded: "
                    + context.debugDescription,
                cause: context.underlyingError
            )
        case is SystemError:
            return Self(
                code: .cannotWriteFile,
                message: "\(quoted(path)) could not be written",
                remedy: "See that its folder exists, may be written by this program, and has free space.",
                cause: cause
            )
        default:
            return Self(
                code: .unsupportedType,
                message: "\(quoted(path)) was not written: the value's own encode(to:) failed",
                cause: cause
            )
        }
    }

    static func cannotLoad(_ type: Any.Type, _ path: String, cause: any Error) -> Self {
        switch cause {
        case let error as JoblibError: return error
        case let problem as PickleProblem:
            if let error = otherFormat(path, "joblib file") { return error }
            let reason = "\(quoted(path)) cannot be loaded: \(problem.reason)"
            return switch problem.kind {
            case .damaged:
                Self(
                    code: .damagedFile,
                    message: reason,
                    remedy: problem.remedy ?? "It is damaged or no joblib file; write it again."
                )
            case .unsupported: Self(code: .unsupportedType, message: reason, remedy: problem.remedy)
            }
        case let error as DecodingError: return wrongType(type, path, error)
        case is SystemError:
            return Self(code: .cannotReadFile, message: "\(quoted(path)) could not be read", cause: cause)
        default:
            return Self(
                code: .typeMismatch,
                message: "\(quoted(path)) cannot be loaded as \(type): the type's own init(from:) failed",
                cause: cause
            )
        }
    }

    private static func wrongType(_ type: Any.Type, _ path: String, _ error: DecodingError) -> Self {
        var (steps, reason, underlying): ([any CodingKey], String, (any Error)?)
        switch error {
        case .keyNotFound(let key, let context):
            steps = context.codingPath + [key]
            (reason, underlying) = (context.debugDescription, context.underlyingError)
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            (steps, reason, underlying) = (context.codingPath, context.debugDescription, context.underlyingError)
        @unknown default: (steps, reason, underlying) = ([], "\(error)", nil)
        }
        // Its text is in the reason already.
        if underlying is JoblibError { underlying = nil }
        let place = steps.isEmpty ? "" : " at \(PlaceKey.text(of: steps))"
        return Self(
            code: .typeMismatch,
            message: "\(quoted(path)) cannot be loaded as \(type)\(place): \(reason)",
            cause: underlying
        )
    }

    static func nestedTooDeep(_ limit: Int) -> Self {
        Self(code: .unsupportedType, message: "its values are nested more than \(limit) levels deep")
    }

    static func notHashable(_ value: JoblibValue) -> Self {
        Self(
            code: .unsupportedType,
            message: "\(value.kindDescription) is a key or an element of a set, which Python does not allow",
            remedy: "Use a tuple there."
        )
    }

    static var integerTooLong: Self {
        Self(code: .unsupportedType, message: "an integer has more than 2 GiB, which no pickle can hold")
    }
}
