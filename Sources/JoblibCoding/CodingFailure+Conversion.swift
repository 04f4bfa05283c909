extension CodingFailure {
    /// Brings whatever a coder or a type threw into one form.
    ///
    /// `path` is where the error was thrown, for errors that do not say it themselves.
    static func from(
        _ error: any Error,
        _ operation: Operation,
        type: Any.Type,
        path: [PathComponent] = []
    ) -> CodingFailure {
        switch error {
        case let failure as CodingFailure: failure
        case let error as DecodingError: from(error, type: type)
        case let error as EncodingError: from(error, type: type)
        default:
            CodingFailure(
                operation,
                .refused,
                type: type,
                path: path,
                reason: String(describing: error),
                underlying: error
            )
        }
    }

    private static func from(_ error: DecodingError, type: Any.Type) -> CodingFailure {
        let (kind, context): (Kind, DecodingError.Context)
        var missing: [PathComponent] = []
        switch error {
        case .typeMismatch(_, let its): (kind, context) = (.mismatch, its)
        case .valueNotFound(_, let its): (kind, context) = (.missing, its)
        case .keyNotFound(let key, let its):
            (kind, context) = (.missing, its)
            missing = [PathComponent(key)]
        case .dataCorrupted(let its):
            if let cause = its.underlyingError as? ReadProblem {
                (kind, context) = (cause.kind, its)
            } else {
                (kind, context) = (.refused, its)
            }
        @unknown default:
            return CodingFailure(.decode, .refused, type: type, reason: "\(error)", underlying: error)
        }
        return CodingFailure(
            .decode,
            kind,
            type: type,
            path: context.codingPath.map { PathComponent($0) } + missing,
            reason: clause(context.debugDescription),
            underlying: context.underlyingError is ReadProblem ? nil : context.underlyingError
        )
    }

    private static func from(_ error: EncodingError, type: Any.Type) -> CodingFailure {
        guard case .invalidValue(_, let context) = error else {
            return CodingFailure(.encode, .refused, type: type, reason: "\(error)", underlying: error)
        }
        let problem = context.underlyingError as? WriteProblem
        return CodingFailure(
            .encode,
            problem?.kind ?? .refused,
            type: type,
            path: context.codingPath.map { PathComponent($0) },
            reason: clause(context.debugDescription),
            underlying: problem == nil ? context.underlyingError : nil
        )
    }

    /// Others end their reasons with a full stop; a description here goes on after it.
    private static func clause(_ text: String) -> String {
        text.hasSuffix(".") ? String(text.dropLast()) : text
    }
}
