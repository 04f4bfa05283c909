/// Why a frame could not be sent or received through shared memory.
package enum FrameRingError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The other process is gone.
    case ended

    /// The deadline passed. Unless the writer had begun a frame larger than the ring, it can be tried again.
    case timedOut

    /// The other process wrote nonsense into the memory that both share.
    case corrupt(String)

    /// An earlier failure has left half a frame in the ring.
    case broken

    package var description: String {
        switch self {
        case .ended: "the other process is gone"
        case .timedOut: "the other process did not take part in time"
        case .corrupt(let what): "the other process has damaged the shared memory: \(what)"
        case .broken: "an earlier failure has left half a frame in the shared memory"
        }
    }
}
