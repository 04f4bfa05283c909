/// One number as a NumPy file holds it, before it becomes one of Swift's types.
public enum NumPyNumber: Sendable, Hashable {
    /// `bool`.
    case boolean(Bool)
    /// `int8` to `int64`.
    case integer(Int64)
    /// `uint8` to `uint64`.
    case unsigned(UInt64)
    /// `float16` to `float64`; each of them is a `Double` without loss.
    case real(Double)
}

extension NumPyNumber: CustomStringConvertible {
    /// The number as Swift writes it, for example `0.1`.
    public var description: String {
        switch self {
        case .boolean(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .unsigned(let value): "\(value)"
        case .real(let value): "\(value)"
        }
    }
}
