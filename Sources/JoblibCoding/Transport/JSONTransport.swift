#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif

/// JSON, for those who want to read what travels.
///
/// Infinities and NaN travel as strings; the payload of a NaN does not travel.
public struct JSONTransport: Transport {
    public init() {}

    public func encode<T: Encodable>(_ value: T) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        do {
            return [UInt8](try encoder.encode(value))
        } catch {
            throw CodingFailure.from(error, .encode, type: T.self)
        }
    }

    public func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf",
            negativeInfinity: "-inf",
            nan: "nan"
        )
        do {
            return try decoder.decode(type, from: Data(bytes))
        } catch {
            throw CodingFailure.from(error, .decode, type: T.self)
        }
    }
}

extension Transport where Self == JSONTransport {
    /// Text that a person can read; slower than `.binary`.
    public static var json: JSONTransport { JSONTransport() }
}

// Here and not with the other runs, so that one file alone imports Foundation.
extension Data: RawRun, SpecialCoding {
    static var special: SpecialType { .run(Data.self) }
    static var runFormat: RunFormat { RunFormat(.uint8) }

    func withRunBytes<R>(_ body: (UnsafeRawBufferPointer) throws -> R) rethrows -> R {
        // Safe: the data holds the bytes during the call.
        try unsafe withUnsafeBytes(body)
    }

    init(runBytes bytes: UnsafeRawBufferPointer) {
        // Safe: the bytes are copied. Data without bytes must not look at the address.
        unsafe self.init(bytes.isEmpty ? [] : Array(bytes))
    }

    func offered(to sink: any ArraySink) throws -> ArrayHandle? { try sink.take([UInt8](self)) }
}
