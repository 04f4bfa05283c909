import JoblibParallel
import Testing

@Suite("Numbers and times as people read them")
struct HumanTextTests {
    @Test("Times are in the unit that suits them")
    func durations() {
        let expected: [(Duration, String)] = [
            (.zero, "0 s"), (.nanoseconds(850), "850 ns"), (.microseconds(12), "12 µs"), (.milliseconds(34), "34 ms"),
            (.microseconds(999_999), "1 s"), (.milliseconds(1250), "1.25 s"), (.seconds(119), "119 s"),
            (.seconds(750), "12.5 min"), (.seconds(11_520), "3.2 h"), (.milliseconds(-5), "-5 ms"),
        ]
        for (duration, text) in expected { #expect(HumanText.duration(duration) == text) }
    }

    @Test("Numbers have three significant digits and groups of thousands")
    func numbers() {
        let expected: [(Double, String)] = [
            (0, "0"), (0.012_34, "0.0123"), (1.5, "1.5"), (87, "87"), (99.96, "100"), (1250, "1,250"),
            (-2.346, "-2.35"), (999.6, "1,000"), (.nan, "-"),
        ]
        for (number, text) in expected { #expect(HumanText.number(number) == text) }
        #expect(HumanText.count(-1_234_567) == "-1,234,567")
        #expect(HumanText.count(Int.min) == "-9,223,372,036,854,775,808")
    }

    @Test("All is 100 %, none is 0 %, and nothing else is")
    func percentages() {
        #expect([0, 0.001, 0.874, 0.9999, 1].map(HumanText.percent) == ["0 %", "<1 %", "87 %", "99 %", "100 %"])
    }

    @Test("A fixed number of decimals is kept")
    func fixed() {
        #expect(HumanText.fixed(0.049, decimals: 1) == "0.0")
        #expect(HumanText.fixed(-0.04, decimals: 1) == "0.0")
        #expect(HumanText.fixed(12.345, decimals: 2) == "12.35" || HumanText.fixed(12.345, decimals: 2) == "12.34")
        #expect(HumanText.fixed(7, decimals: 0) == "7")
        #expect(HumanText.fixed(1e300, decimals: 2) == "1e+300")
    }

    @Test("A batch of one is a task")
    func tasks() {
        #expect(HumanText.tasks(12..<13) == "task 12")
        #expect(HumanText.tasks(12..<20) == "tasks 12..<20")
    }
}
