internal import CJoblibSystem

/// Nanoseconds on a clock that never goes back.
package enum MonotonicClock {
    package static var now: UInt64 { joblib_monotonic_nanoseconds() }
}
