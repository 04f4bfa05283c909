internal import CJoblibSystem

/// Compresses to an LZ4 frame.
@safe
final class LZ4Encoder: CompressionStream {
    private let library: LZ4Library
    // Made by the library and given back to it by this object.
    private let context: LZ4Library.Context
    private var preferences = joblib_lz4_preferences()
    /// The library gives the result of a step whole, whatever room there is.
    private var pending: [UInt8]
    private var unread = 0..<0
    private var hasBegun = false
    private var hasEnded = false

    /// The most that is compressed in one step: one block.
    private static let piece = 1 << 20

    init(_ library: LZ4Library, level: Int32) throws {
        self.library = library
        // 6: blocks of 1 MiB. A checksum of the content finds damage, which the frame's header alone does not.
        preferences.block_size = 6
        preferences.content_checksum = 1
        preferences.level = level
        let preferences = preferences
        // Safe: the preferences are only read during the call.
        let bound = unsafe withUnsafePointer(to: preferences) { unsafe library.bound(Self.piece, $0) }
        pending = [UInt8](repeating: 0, count: max(try library.checked(bound), 64))
        var context: LZ4Library.Context?
        // Safe: the call fills one pointer of ours.
        _ = try library.checked(unsafe library.createCompression(&context, LZ4Library.version))
        guard let context = unsafe context else { throw CompressionProblem("there is not enough memory") }
        unsafe self.context = context
    }

    deinit { _ = unsafe library.freeCompression(context) }

    func process(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer,
        isLast: Bool
    ) throws -> CompressionProgress {
        var consumed = 0
        if unread.isEmpty && !hasEnded { consumed = try unsafe step(input, isLast: isLast) }
        let count = min(unread.count, output.count)
        let end = unread.lowerBound + count
        unsafe output.copyBytes(from: pending[unread.lowerBound..<end])
        unread = end..<unread.upperBound
        return CompressionProgress(consumed: consumed, produced: count, isFinished: hasEnded && unread.isEmpty)
    }

    /// Has the library make something, or take something in; returns how much it took.
    private func step(_ input: UnsafeRawBufferPointer, isLast: Bool) throws -> Int {
        let preferences = preferences
        let count = hasBegun ? min(input.count, Self.piece) : 0
        // Safe: the library writes within `pending`, which has room for the result of one piece, and keeps no pointer.
        let result = unsafe pending.withUnsafeMutableBytes { room -> Int in
            guard let target = room.baseAddress else { return 0 }
            if !hasBegun {
                return unsafe withUnsafePointer(to: preferences) {
                    unsafe library.begin(context, target, room.count, $0)
                }
            }
            guard count > 0, let source = input.baseAddress else {
                return isLast ? unsafe library.end(context, target, room.count, nil) : 0
            }
            return unsafe library.update(context, target, room.count, source, count, nil)
        }
        unread = 0..<(try library.checked(result))
        if hasBegun && count == 0 && isLast { hasEnded = true }
        hasBegun = true
        return count
    }
}
