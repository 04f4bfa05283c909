#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// A type that is read from a file otherwise than by its own `init(from:)` alone.
protocol DirectlyDecodable: SendableMetatype {
    /// nil: by its own `init(from:)`.
    static func decoded(_ decoder: ValueDecoder) throws -> Self?
}

/// A type that is written to a file otherwise than by its own `encode(to:)`.
protocol DirectlyEncodable {
    var joblibValue: JoblibValue { get }
}

/// A dictionary whose keys are integers in the file, too.
protocol IntegerKeyedDictionary {}
extension Dictionary: IntegerKeyedDictionary where Key == Int {}

extension Array: DirectlyEncodable where Element: NumPyElement {
    var joblibValue: JoblibValue { .array(JoblibArray(self)) }
}

extension Array: DirectlyDecodable where Element: NumPyElement {
    static func decoded(_ decoder: ValueDecoder) throws -> [Element]? {
        switch decoder.value {
        case .array(let array):
            guard array.shape.count == 1 else { throw decoder.mismatch(self, "an array of one dimension") }
            return try decoder.elements(of: array)
        case .bytes(let bytes) where Element.self == UInt8.self: return bytes as? [Element]
        default: return nil
        }
    }
}

extension ContiguousArray: DirectlyEncodable where Element: NumPyElement {
    var joblibValue: JoblibValue { .array(JoblibArray(Array(self))) }
}

extension ContiguousArray: DirectlyDecodable where Element: NumPyElement {
    static func decoded(_ decoder: ValueDecoder) throws -> ContiguousArray? {
        try [Element].decoded(decoder).map { ContiguousArray($0) }
    }
}

extension NDArray: DirectlyEncodable where Element: NumPyElement {
    var joblibValue: JoblibValue { .array(JoblibArray(self)) }
}

extension NDArray: DirectlyDecodable where Element: NumPyElement {
    static func decoded(_ decoder: ValueDecoder) throws -> NDArray? {
        switch decoder.value {
        case .array(let array):
            return NDArray(checkedShape: array.shape, elements: try decoder.elements(of: array))
        // What another coder wrote.
        case .dictionary: return nil
        default: throw decoder.mismatch(self, "a NumPy array")
        }
    }
}

extension JoblibArray: DirectlyEncodable {
    var joblibValue: JoblibValue { .array(self) }
}

extension Data: DirectlyEncodable {
    var joblibValue: JoblibValue { .bytes([UInt8](self)) }
}

extension Data: DirectlyDecodable {
    static func decoded(_ decoder: ValueDecoder) throws -> Data? {
        guard let bytes = try [UInt8].decoded(decoder) else { throw decoder.mismatch(self, "bytes") }
        return Data(bytes)
    }
}

extension ValueDecoder {
    /// The elements of an array in the file, which may be numbers of another type if no value changes.
    func elements<Element: NumPyElement>(of array: JoblibArray) throws -> [Element] {
        do throws(JoblibError) {
            return try array.numbers(Element.self)
        } catch {
            let text = error.remedy.map { "\(error.message). \($0)" } ?? error.message
            throw DecodingError.typeMismatch(
                [Element].self,
                .init(codingPath: codingPath, debugDescription: text, underlyingError: error)
            )
        }
    }
}
