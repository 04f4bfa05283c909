internal import CJoblibSystem

/// Waiting without sleeping: right for some microseconds, which a wake-up across cores would cost anyway.
package enum Spin {
    /// Tells the processor that this is a spinning loop.
    @inline(__always)
    package static func pause() {
        joblib_spin_pause()
    }

    /// Looks again and again until `isReady`; false when `count` looks were in vain.
    ///
    /// After the first few, the processor is offered to whoever else wants it now and then: what is waited for may be in
    /// the hands of a thread that this one keeps from running.
    @inline(__always)
    package static func look<E: Error>(_ count: Int, _ isReady: () throws(E) -> Bool) throws(E) -> Bool {
        for round in 0..<count {
            if round >= patience, round % yieldInterval == 0 { joblib_yield() }
            joblib_spin_pause()
            if try isReady() { return true }
        }
        return false
    }

    /// About three microseconds.
    private static var patience: Int { 64 }
    private static var yieldInterval: Int { 16 }
}
