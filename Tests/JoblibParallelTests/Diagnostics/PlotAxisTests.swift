import JoblibParallel
import Testing

@Suite("Round ticks")
struct PlotAxisTests {
    private func labels(_ axis: PlotAxis) -> [String] { axis.ticks.map(axis.label) }

    @Test("Steps are 1, 2 or 5 times a power of ten")
    func steps() {
        #expect(labels(PlotAxis(from: 0, to: 3.15, ticks: 10)) == ["0", "0.5", "1.0", "1.5", "2.0", "2.5", "3.0"])
        #expect(labels(PlotAxis(from: 0, to: 17, ticks: 8, rounded: true)).last == "20")
        #expect(labels(PlotAxis(from: -1.2, to: 0.9, ticks: 5)) == ["-1.0", "-0.5", "0", "0.5"])
        #expect(labels(PlotAxis(from: 0, to: 0.3, ticks: 3)) == ["0", "0.1", "0.2", "0.3"])
        #expect(labels(PlotAxis(from: 0, to: 200_000, ticks: 4)).last == "200,000")
        #expect(labels(PlotAxis(from: 0, to: 4e9, ticks: 4)) == ["0", "1e9", "2e9", "3e9", "4e9"])
    }

    @Test("An axis without extent, or with one that is no number, is given one")
    func degenerate() {
        let bounds: [(Double, Double)] = [
            (0, 0), (5, 5), (.nan, .nan), (-.infinity, .infinity), (1e18, 1e18), (9, 1), (1, 1 + 1e-15), (0, 1e-300),
        ]
        for (lower, upper) in bounds {
            for rounded in [false, true] {
                let axis = PlotAxis(from: lower, to: upper, ticks: 8, rounded: rounded)
                #expect(axis.upper > axis.lower)
                #expect((1...40).contains(axis.ticks.count), "\(lower)...\(upper): \(axis.ticks)")
                #expect(Set(labels(axis)).count > 0)
            }
        }
        #expect(PlotAxis(from: 0, to: 10, ticks: 0).ticks.count <= 3)
    }
}
