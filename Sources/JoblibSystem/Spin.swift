internal import CJoblibSystem

/// Waiting without giving the processor up: right for a few microseconds, which a wake-up across cores would cost anyway.
package enum Spin {
    /// Tells the processor that this is a spinning loop.
    @inline(__always)
    package static func pause() {
        joblib_spin_pause()
    }
}
