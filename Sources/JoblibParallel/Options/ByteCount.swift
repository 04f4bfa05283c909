/// A size in memory or on disk.
///
/// As a string it is a number and one of the units `K`, `M` and `G`, powers of 1024, as in joblib. A literal that cannot
/// be read is reported, with a ``JoblibError``, when a call is made; ``init(parsing:)`` reports it at once.
///
/// ```swift
/// Parallel(sharedMemoryThreshold: "1.5M")
/// Parallel(sharedMemoryThreshold: 4096)               // bytes
/// Parallel(sharedMemoryThreshold: .mebibytes(8))
/// Parallel(sharedMemoryThreshold: try ByteCount(parsing: settings.threshold))
/// ```
public struct ByteCount: Sendable, Hashable {
    // A size that cannot be used is kept as it was written until there is a call that can report it.
    private enum Form: Hashable {
        case bytes(Int)
        case unreadable(String)
        case negative(String)
        case tooLarge(String)
        /// Not given: what the configuration says, or the default.
        case inherited
    }

    private var form: Form

    /// A size in bytes.
    ///
    /// - Parameter bytes: How many bytes; a negative number is refused when a call is made.
    public init(_ bytes: Int) {
        form = bytes < 0 ? .negative(String(bytes)) : .bytes(bytes)
    }

    /// Reads a size such as `"1M"`, `"1.5G"` or `"500K"`.
    ///
    /// - Parameter text: A number and a unit in capitals: `K`, `M` or `G`, for 1024, 1024² or 1024³ bytes.
    /// - Throws: ``JoblibError`` if the text is no such size, or one that is negative or too large to count.
    public init(parsing text: String) throws {
        form = Self.read(text)
        _ = try bytes()
    }

    /// A size in units of 1024 bytes.
    public static func kibibytes(_ count: Int) -> Self { Self(count, unit: 1024, name: "kibibytes") }

    /// A size in units of 1024² bytes.
    public static func mebibytes(_ count: Int) -> Self { Self(count, unit: 1024 * 1024, name: "mebibytes") }

    /// A size in units of 1024³ bytes.
    public static func gibibytes(_ count: Int) -> Self { Self(count, unit: 1024 * 1024 * 1024, name: "gibibytes") }

    /// What an option is when nobody gives it: `nil` already means something else.
    @usableFromInline static var inherited: Self { Self(form: .inherited) }

    private init(form: Form) {
        self.form = form
    }

    /// The size in bytes.
    package func bytes() throws(JoblibError) -> Int {
        switch form {
        case .bytes(let bytes): return bytes
        case .unreadable(let text): throw .unreadableByteCount(text)
        case .negative(let written): throw .negativeByteCount(written)
        case .tooLarge(let written): throw .byteCountTooLarge(written)
        case .inherited: return 1 << 20
        }
    }

    private init(_ count: Int, unit: Int, name: String) {
        let (bytes, overflow) = count.multipliedReportingOverflow(by: unit)
        if count < 0 {
            form = .negative(".\(name)(\(count))")
        } else if overflow {
            form = .tooLarge(".\(name)(\(count))")
        } else {
            form = .bytes(bytes)
        }
    }

    private static func read(_ text: String) -> Form {
        let unit: Double
        switch text.utf8.last {
        case UInt8(ascii: "K"): unit = 1024
        case UInt8(ascii: "M"): unit = 1024 * 1024
        case UInt8(ascii: "G"): unit = 1024 * 1024 * 1024
        default: return .unreadable(text)
        }
        // `Double` also reads "nan", "inf" and hexadecimal, which are no sizes.
        let digits = text.dropLast()
        let isDecimal = digits.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.eE".utf8.contains(byte)
        }
        guard isDecimal, let count = Double(String(digits)) else { return .unreadable(text) }
        guard count >= 0 else { return .negative(text) }
        guard let bytes = Int(exactly: (count * unit).rounded(.towardZero)) else { return .tooLarge(text) }
        return .bytes(bytes)
    }
}

extension ByteCount: ExpressibleByIntegerLiteral {
    /// A number of bytes written as a literal.
    public init(integerLiteral value: Int) {
        self.init(value)
    }
}

extension ByteCount: ExpressibleByStringLiteral {
    /// A size written as a literal such as `"1.5G"`; one that cannot be read is reported when a call is made.
    public init(stringLiteral value: String) {
        form = Self.read(value)
    }
}

extension ByteCount: CustomStringConvertible {
    /// The number of bytes, or the text that could not be read.
    public var description: String {
        switch form {
        case .bytes(let bytes): String(bytes)
        case .unreadable(let text), .negative(let text), .tooLarge(let text): text
        case .inherited: "inherited"
        }
    }
}
