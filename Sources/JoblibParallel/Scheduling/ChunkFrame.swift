/// A chunk of neighbouring tasks, as the loop over them sees it: pointers only, so that nothing in the loop stands in the
/// way of vector instructions.
///
/// The loop captures the body and nothing else: only then does the compiler specialise it for the body and inline that.
@frozen
@usableFromInline
@unsafe
struct ChunkFrame {
    /// The elements' array, or the box of the collection.
    @usableFromInline let input: UnsafeRawPointer
    /// Uninitialised memory for all results.
    @usableFromInline let output: UnsafeMutableRawPointer
    /// The positions of the chunk's tasks.
    @usableFromInline let lower: Int
    @usableFromInline let upper: Int
    /// One byte for each task of the chunk, 0 until it has ended. The loop sets them; see ``TaskFrame/marks``.
    @usableFromInline let marks: UnsafeMutablePointer<UInt8>

    init(
        input: UnsafeRawPointer,
        output: UnsafeMutableRawPointer,
        lower: Int,
        upper: Int,
        marks: UnsafeMutablePointer<UInt8>
    ) {
        unsafe self.input = unsafe input
        unsafe self.output = unsafe output
        unsafe self.lower = lower
        unsafe self.upper = upper
        unsafe self.marks = unsafe marks
    }
}

/// Runs the tasks of a chunk in order and throws what a task throws, the marks telling which.
@usableFromInline
typealias ChunkLoop = @Sendable (ChunkFrame) throws -> Void
