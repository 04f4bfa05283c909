/// A number that arrays in NumPy's files are made of.
///
/// `Bool`, `Int8` to `Int64`, `UInt8` to `UInt64`, `Int`, `UInt`, `Float16`, `Float` and `Double` conform; NumPy has no
/// others that Swift has, so there is nothing to conform types of your own to.
///
/// ```swift
/// func mean<Element: NumPyElement & BinaryFloatingPoint>(_ grid: NDArray<Element>) -> Element {
///     grid.elements.reduce(0, +) / Element(grid.count)
/// }
/// ```
public protocol NumPyElement: BitwiseCopyable, Hashable, Sendable, SendableMetatype, Codable {
    /// The type's description in a file written on this machine.
    static var numPyType: NumPyType { get }

    /// The number, if this type has exactly it; nil otherwise. A fraction is never cut off, nor a number rounded.
    ///
    /// - Parameter number: As it was read.
    init?(exactly number: NumPyNumber)
}

extension NumPyElement where Self: FixedWidthInteger {
    /// `"<i8"` and its like.
    public static var numPyType: NumPyType {
        NumPyType(isSigned ? .integer : .unsigned, itemSize: bitWidth / 8)
    }

    /// The number, if it is an integer in this type's range. Reals are not taken for integers, whatever their value.
    ///
    /// - Parameter number: As it was read.
    public init?(exactly number: NumPyNumber) {
        switch number {
        case .integer(let value): self.init(exactly: value)
        case .unsigned(let value): self.init(exactly: value)
        case .boolean, .real: return nil
        }
    }
}

extension NumPyElement where Self: BinaryFloatingPoint {
    /// `"<f8"` and its like.
    public static var numPyType: NumPyType { NumPyType(.real, itemSize: MemoryLayout<Self>.size) }

    /// The number, if this type has a value for it. What is not a number stays that.
    ///
    /// - Parameter number: As it was read.
    public init?(exactly number: NumPyNumber) {
        switch number {
        case .integer(let value): self.init(exactly: value)
        case .unsigned(let value): self.init(exactly: value)
        case .real(let value) where value.isNaN: self = .nan
        case .real(let value): self.init(exactly: value)
        case .boolean: return nil
        }
    }
}

extension Int: NumPyElement {}
extension Int8: NumPyElement {}
extension Int16: NumPyElement {}
extension Int32: NumPyElement {}
extension Int64: NumPyElement {}
extension UInt: NumPyElement {}
extension UInt8: NumPyElement {}
extension UInt16: NumPyElement {}
extension UInt32: NumPyElement {}
extension UInt64: NumPyElement {}
extension Float: NumPyElement {}
extension Double: NumPyElement {}
// Macs with Intel processors have no Float16 in Swift.
#if !(canImport(Darwin) && arch(x86_64))
extension Float16: NumPyElement {}
#endif

extension Bool: NumPyElement {
    /// `"|b1"`.
    public static var numPyType: NumPyType { NumPyType(.boolean, itemSize: 1) }

    /// The truth value; numbers are none.
    ///
    /// - Parameter number: As it was read.
    public init?(exactly number: NumPyNumber) {
        guard case .boolean(let value) = number else { return nil }
        self = value
    }
}
