/// A value that cannot be written as bytes, or bytes that are not the value they should be.
package struct CodingFailure: Error, Sendable {
    package enum Operation: String, Sendable {
        case encode
        case decode
    }

    /// What kind of thing went wrong.
    package enum Kind: Sendable, Hashable {
        /// The bytes are not a message, or not a whole one.
        case malformed
        /// The message is of a version this program does not know.
        case unsupportedVersion
        /// Too deep or too long for ``CodingLimits``.
        case overLimit
        /// A value of another type, or out of the range of its type.
        case mismatch
        /// No value where there must be one.
        case missing
        /// The type's own `encode(to:)` or `init(from:)` refused, or used its coder in a way it cannot be used.
        case refused
    }

    package var operation: Operation
    package var kind: Kind

    /// The type that was asked for, as Swift writes it.
    package var type: String

    /// Where in the value; empty for the whole of it.
    package var path: [PathComponent]

    /// Why, as a clause without a full stop.
    package var reason: String

    /// The error that the type's own code threw, if it was that.
    package var underlying: (any Error)?

    init(
        _ operation: Operation,
        _ kind: Kind,
        type: Any.Type,
        path: [PathComponent] = [],
        reason: String,
        underlying: (any Error)? = nil
    ) {
        self.operation = operation
        self.kind = kind
        self.type = String(describing: type)
        self.path = path
        self.reason = reason
        self.underlying = underlying
    }
}

extension CodingFailure: CustomStringConvertible {
    /// For example: `cannot decode Run at configurations[3].name: expected a string, found an integer`.
    package var description: String {
        let place = path.isEmpty ? "" : " at \(PathComponent.text(of: path))"
        return "cannot \(operation.rawValue) \(type)\(place): \(reason)"
    }
}
