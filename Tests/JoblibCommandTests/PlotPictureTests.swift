import Foundation
import Joblib
import Testing

@testable import JoblibCommand

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite("Pictures as files")
struct PlotPictureTests {
    @Test("A PNG file has the signature, the four chunks, their checksums, and the very pixels")
    func pixels() throws {
        var raster = Raster(width: 61, height: 37, color: 0xfefdfc)
        raster.stroke([[.init(x: 3, y: 30), .init(x: 50, y: 4)]], width: 3, color: 0x0072b2)
        raster.fillConvex([.init(x: 5, y: 5), .init(x: 20, y: 8), .init(x: 9, y: 22)], color: 0xd55e00)
        let picture = try DecodedPNG(PNGEncoder.encode(raster))
        #expect(picture.types == ["IHDR", "sRGB", "IDAT", "IEND"])
        #expect(picture.width == 61 && picture.height == 37)
        #expect(picture.bytes == raster.bytes)
    }

    @Test("A chart is drawn at 1600 by 1000 pixels, and smaller or larger as asked")
    func size() throws {
        let picture = try DecodedPNG(RasterCanvas.png(.sample))
        #expect(picture.width == 1600 && picture.height == 1000)
        #expect(picture.bytes.prefix(3) == [255, 255, 255])
        let small = try DecodedPNG(RasterCanvas.png(.sample, scale: 0.25))
        #expect(small.width == 400 && small.height == 250)
    }

    @Test("Each series leaves pixels of its colour")
    func colours() throws {
        let picture = try DecodedPNG(RasterCanvas.png(.sample))
        var pixels: Set<Int> = []
        for place in stride(from: 0, to: picture.bytes.count, by: 3) {
            pixels.insert(picture.bytes[place..<place + 3].reduce(0) { $0 << 8 | Int($1) })
        }
        #expect(pixels.isSuperset(of: [ChartPalette.series[0], ChartPalette.series[1], ChartPalette.reference]))
        #expect(!pixels.contains(ChartPalette.series[2]))
    }

    @Test(
        "Where zlib is missing, data are stored in blocks that any zlib reads",
        arguments: [0, 1, 65_535, 65_536, 200_000]
    )
    func stored(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        let stream = try CompressorRegistry.codec(named: "zlib").makeDecoder()
        #expect(try ZlibData.run(stream, over: ZlibData.stored(bytes)) == bytes)
    }

    @Test("Checksums are those of the standards")
    func checksums() {
        var file = PNGFile(width: 1, height: 1, .redGreenBlue)
        file.add("IEND", [])
        #expect(file.bytes.suffix(4) == [0xae, 0x42, 0x60, 0x82])
        #expect(ZlibData.adler32("Wikipedia".utf8) == 0x11e6_0398)
        #expect(ZlibData.adler32([UInt8]()) == 1)
    }

    @Test("The SVG is well-formed, and says everything that the chart says")
    func svg() {
        let svg = SVGCanvas.text(.sample)
        #expect(XMLParser(data: Data(svg.utf8)).parse())
        #expect(svg.contains("width=\"1600\" height=\"1000\""))
        for text in ["A &amp; B", "on threads", "on processes", "jobs", "times", "20,000", "ideal", "a note"] {
            #expect(svg.contains(">\(text)<"), "\(text)")
        }
        #expect(svg.contains("<title>20,000: 2, 1.9</title>"))
        #expect(svg.contains("stroke-dasharray"))
        #expect(!svg.contains("nan"))
    }

    @Test("A chart of nothing is drawn, too")
    func nothing() throws {
        let axis = ChartAxis(label: "", at: [], scale: .logarithmic) { "\($0)" }
        let empty = Chart(
            title: "",
            subtitle: "",
            panels: [],
            xAxis: axis,
            yAxis: ChartAxis(label: "", fromZeroTo: [.nan]),
            legendTitle: "",
            note: ""
        )
        #expect(XMLParser(data: Data(SVGCanvas.text(empty).utf8)).parse())
        #expect(try DecodedPNG(RasterCanvas.png(empty, scale: 0.1)).width == 160)
    }
}

extension Chart {
    /// Two panels of two series, one with a gap, and the ideal.
    static var sample: Chart {
        func points(_ values: [Double]) -> [Point] { zip([1.0, 2, 4], values).map { Point(x: $0, y: $1) } }
        let ideal = Series(name: "ideal", points: points([1, 2, 4]), isReference: true)
        return Chart(
            title: "A & B",
            subtitle: "With 2 jobs it ran 1.9 times as fast.",
            panels: [
                Panel(
                    title: "on threads",
                    series: [Series(name: "20,000", points: points([1, 1.9, 3.8])), ideal]
                ),
                Panel(
                    title: "on processes",
                    series: [
                        Series(name: "20,000", points: points([0.9, 1.8, 3.1])),
                        Series(name: "100 µs", points: points([0.1, .nan, 0.3])), ideal,
                    ]
                ),
            ],
            xAxis: ChartAxis(label: "jobs", at: [1, 2, 4], scale: .linear) { "\(Int($0))" },
            yAxis: ChartAxis(label: "times", fromZeroTo: [4]),
            legendTitle: "Samples",
            note: "a note"
        )
    }
}
