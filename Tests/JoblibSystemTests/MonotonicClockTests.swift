import JoblibSystem
import Testing

@Test("The monotonic clock never goes back")
func monotonicClockNeverGoesBack() {
    var last = MonotonicClock.now
    for _ in 0..<1000 {
        let now = MonotonicClock.now
        #expect(now >= last)
        last = now
    }
}
