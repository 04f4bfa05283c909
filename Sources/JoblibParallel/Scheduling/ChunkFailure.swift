/// The first failure of a ``ChunkedRun``.
@usableFromInline
struct ChunkFailure: Sendable {
    let index: Int
    let error: any Error
    let worker: Int
    var isCancellation = false
}
