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

    private func lines(_ series: [LinePlot.Series], legendTitle: String? = nil) -> String {
        LinePlot(title: "", xLabel: "", yLabel: "", series: series, legendTitle: legendTitle).svg()
    }

    @Test(
        "A series has the colour that was asked for, line and markers",
        arguments: ["teal", "IndianRed", "#1aF", "#09c0Ff"]
    )
    func color(color: String) {
        let svg = lines([LinePlot.Series("one", x: [1, 2], y: [1, 2], color: color)])
        #expect(isWellFormed(svg))
        #expect(svg.contains("class=\"line\" style=\"stroke:\(color.lowercased())\""))
        #expect(svg.contains("class=\"marker\" style=\"fill:\(color.lowercased())\""))
    }

    @Test(
        "What is no colour counts as none, and never gets into the picture",
        arguments: [
            "", "rouge", "none", "inherit", "#12345", "#", "#ggg", "red;stroke-width:99", "\"/><script>", "url(#a)",
            "réd",
            String(repeating: "red", count: 10),
        ]
    )
    func noColor(color: String) {
        let series = LinePlot.Series("one", x: [1, 2], y: [1, 2])
        var colored = series
        colored.color = color
        #expect(lines([colored]) == lines([series]))
    }

    @Test("A series with a colour of its own takes none from the others, a reference stays grey")
    func colorsOfTheOthers() {
        let svg = lines([
            LinePlot.Series("own", x: [1, 2], y: [1, 2], color: "teal"),
            LinePlot.Series("ideal", x: [1, 2], y: [1, 2], style: .reference, color: "red"),
            LinePlot.Series("first", x: [1, 2], y: [1, 2]),
        ])
        #expect(svg.contains("class=\"line c0\"") && !svg.contains("class=\"line c1\""))
        #expect(!svg.contains("stroke:red"))
    }

    @Test("A picture is light on dark screens too when it has colours that may not show there")
    func darkScreens() {
        #expect(lines([LinePlot.Series("", x: [1], y: [1])]).contains("prefers-color-scheme"))
        #expect(!lines([LinePlot.Series("", x: [1], y: [1], color: "black")]).contains("prefers-color-scheme"))
    }

    @Test("Many series all differ, by colour, dashes or marker, and all fit into the legend")
    func manySeries() {
        let svg = lines((0..<28).map { LinePlot.Series("s\($0)", x: [1, 2], y: [Double($0), 2]) })
        #expect(isWellFormed(svg))
        let looks = svg.split(separator: "\n").filter { $0.contains("class=\"line ") }.compactMap {
            $0.split(separator: "\"").dropFirst().first
        }
        #expect(Set(looks).count == 28)
        #expect(looks.count == 56)
        let rows = svg.matches(of: /y="([0-9.]+)">s\d+</).compactMap { Double($0.1) }
        #expect(rows.count == 28 && rows.allSatisfy { $0 > 0 && $0 < 362 })
    }

    @Test("The legend can have a title, escaped; an empty one leaves no room")
    func legendTitle() {
        let series = [LinePlot.Series("1", x: [1, 2], y: [1, 2])]
        #expect(lines(series, legendTitle: "a<b").contains(">a&lt;b</text>"))
        #expect(lines(series, legendTitle: "") == lines(series))
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
        let error = #expect(throws: JoblibError.self) { try plot.write(to: "no/such/dir/plot.svg") }
        #expect(error?.code == .cannotWriteFile)
        #expect(error?.message == "The plot 'no/such/dir/plot.svg' could not be written")
        let reason = String(describing: error?.cause)
        #expect(reason.contains("No such file or directory"))
    }
}
