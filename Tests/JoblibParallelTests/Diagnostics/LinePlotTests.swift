import Foundation
import Joblib
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("Line plots")
struct LinePlotTests {
    private let plot = LinePlot(
        title: "A & B <fast>",
        xLabel: "jobs",
        yLabel: "speed-up",
        series: [
            LinePlot.Series("ideal", x: [1, 8], y: [1, 8], style: .reference),
            LinePlot.Series("threads", x: [1, 2, 4, 8], y: [1, 1.9, 3.7, 7]),
            LinePlot.Series("noise", x: [1, 2, 3], y: [2, .nan, 3], style: .markers),
        ]
    )

    private func isWellFormed(_ svg: String) -> Bool {
        XMLParser(data: Data(svg.utf8)).parse()
    }

    @Test("Title, labels, legend and a caption at each marker are there, escaped")
    func content() {
        let svg = plot.svg()
        #expect(isWellFormed(svg))
        #expect(svg.contains(">A &amp; B &lt;fast&gt;</text>"))
        #expect(svg.contains(">jobs</text>") && svg.contains(">speed-up</text>") && svg.contains(">threads</text>"))
        #expect(svg.contains("<title>threads: 4, 3.7</title>"))
        #expect(svg.contains("class=\"reference\""))
    }

    @Test("What is no number is left out, and the picture stays valid")
    func notNumbers() {
        let values: [[Double]] = [
            [], [.nan], [.infinity, 1], [0, 0], [5], [1e300, -1e300], [1e-300, 2e-300], [-3, -3.000_000_1],
        ]
        for y in values {
            let svg = LinePlot(
                title: "",
                xLabel: "",
                yLabel: "",
                series: [LinePlot.Series("", x: y, y: y), LinePlot.Series("one", points: [])]
            ).svg()
            #expect(isWellFormed(svg))
            #expect(!svg.lowercased().contains("nan") && !svg.contains("inf"))
        }
    }

    @Test("A grid holds all its plots, with any number of columns", arguments: [-1, 0, 1, 2, 3, 99])
    func grid(columns: Int) {
        let svg = LinePlot.grid([plot, plot, plot], columns: columns)
        #expect(isWellFormed(svg))
        #expect(svg.components(separatedBy: "class=\"heading\"").count == 4)
        #expect(isWellFormed(LinePlot.grid([], columns: columns)))
    }

    @Test("A plot is written whole; an impossible path is named with its reason")
    func files() throws {
        let folder = try TemporaryFolder()
        try plot.write(to: folder.path + "/plot.svg")
        #expect(try String(contentsOfFile: folder.path + "/plot.svg", encoding: .utf8) == plot.svg())
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["plot.svg"])
        let error = #expect(throws: (any Error).self) { try plot.write(to: "no/such/dir/plot.svg") }
        #expect(String(describing: error).contains("no/such/dir/plot.svg"))
        #expect(String(describing: error).contains("No such file or directory"))
    }
}
