/// A method of compression, for ``CompressorRegistry``.
///
/// ```swift
/// struct Snappy: CompressionCodec {
///     var name: String { "snappy" }
///     var fileExtensions: [String] { [".sz"] }
///     var magic: [UInt8] { [0xff, 0x06, 0x00, 0x00] }
///     func makeEncoder(level: Int?) throws -> any CompressionStream { SnappyEncoder() }
///     func makeDecoder() throws -> any CompressionStream { SnappyDecoder() }
/// }
/// try CompressorRegistry.register(Snappy())
/// ```
public protocol CompressionCodec: Sendable {
    /// What `Compression.named(_:)` calls it.
    var name: String { get }

    /// The ends of file names that choose this method, each with its dot.
    var fileExtensions: [String] { get }

    /// What all compressed data begin with; empty if there is no such thing, and then they are not recognised.
    var magic: [UInt8] { get }

    /// Whether data that begin with ``magic`` look like this method's; true by itself.
    ///
    /// - Parameter start: The first bytes, 8 or more if there are so many.
    func recognizes(_ start: [UInt8]) -> Bool

    /// Whether several compressed streams, one behind the other, are the one of all their contents; false by itself.
    var allowsConcatenation: Bool { get }

    /// Begins to compress.
    ///
    /// - Parameter level: How hard to try; nil for the default.
    /// - Throws: An error if the level means nothing to this method, or it cannot be used here.
    func makeEncoder(level: Int?) throws -> any CompressionStream

    /// Begins to decompress.
    ///
    /// - Throws: An error if this method cannot be used here.
    func makeDecoder() throws -> any CompressionStream
}

extension CompressionCodec {
    /// True: ``magic`` is enough.
    public func recognizes(_ start: [UInt8]) -> Bool { true }

    /// False: one stream is all there is.
    public var allowsConcatenation: Bool { false }
}

/// One run of a compressor or decompressor, which takes and gives bytes in pieces of any size.
public protocol CompressionStream: AnyObject {
    /// Takes some bytes and gives some.
    ///
    /// It is called again, with the bytes that were left, until it is finished. It must take or give at least one byte
    /// unless it needs more input, and never hold more in memory than its method needs.
    ///
    /// - Parameters:
    ///   - input: The next bytes; may be empty.
    ///   - output: Where the result goes; never empty.
    ///   - isLast: Whether nothing comes behind `input`.
    /// - Returns: How many bytes it took and gave, and whether the stream has come to its end.
    /// - Throws: An error that says what is wrong with the bytes.
    func process(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer,
        isLast: Bool
    ) throws -> CompressionProgress
}

/// What one step of a ``CompressionStream`` did.
public struct CompressionProgress: Sendable, Hashable {
    /// Bytes taken from the input.
    public var consumed: Int

    /// Bytes put into the output.
    public var produced: Int

    /// Whether the stream has ended: an encoder has given all, a decoder has seen the end that the data name.
    public var isFinished: Bool

    /// Describes one step.
    ///
    /// - Parameters:
    ///   - consumed: Bytes taken from the input.
    ///   - produced: Bytes put into the output.
    ///   - isFinished: Whether the stream has ended.
    public init(consumed: Int, produced: Int, isFinished: Bool) {
        self.consumed = consumed
        self.produced = produced
        self.isFinished = isFinished
    }
}

/// What is wrong with compressed bytes, from one of the built-in methods.
struct CompressionProblem: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
