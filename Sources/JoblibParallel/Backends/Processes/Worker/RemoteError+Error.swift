internal import JoblibCoding
internal import JoblibSystem

extension RemoteError {
    /// An error of a task, in the worker.
    init(_ error: any Error, kind: Kind) {
        self.init(
            kind: kind,
            type: String(reflecting: Swift.type(of: error)),
            text: String(describing: error),
            value: Self.value(of: error)
        )
        stack = ThrowHook.backtrace(of: error)?.bytes ?? []
    }

    /// The error itself, where its type is Codable and has a name that the parent finds.
    private static func value(of error: any Error) -> (type: [UInt8], bytes: [UInt8])? {
        guard let error = error as? any Error & Codable, let name = try? TypeName.bytes(of: Swift.type(of: error)),
            let bytes = try? BinaryEncoder().encode(error)
        else { return nil }
        return (name, bytes)
    }

    /// Where it was thrown.
    var traceback: [TracebackFrame] {
        RawStack(bytes: stack).map { TracebackFrame.frames(of: $0, .thrown) } ?? []
    }

    /// The very error, or what is known of it, in the parent.
    var error: any Error {
        guard let value, let type = try? TypeName.type(value.type) as? any (Error & Codable).Type,
            let error = try? Self.decode(type, value.bytes)
        else { return UnknownError(type: self.type, text: text) }
        return error
    }

    private static func decode<E: Error & Codable>(_ type: E.Type, _ bytes: [UInt8]) throws -> any Error {
        try BinaryDecoder().decode(type, from: bytes)
    }
}

/// An error of a task in another process whose type is not Codable, so that it could not travel itself.
public struct UnknownError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The error's type, as in `MyProgram.ParseError`.
    public let type: String
    /// What the error said of itself: `String(describing:)`.
    public let text: String

    /// `MyProgram.ParseError: unexpected end`.
    public var description: String { "\(type): \(text)" }
}
