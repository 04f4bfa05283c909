import Foundation
import Testing

@testable import JoblibCommand

@Suite("Charts: where things stand")
struct PlotGeometryTests {
    @Test("Logarithms are those of the C library")
    func logarithms() {
        for value in [1, 2, 3, 10, 1e-9, 0.75, 12_345.678, 1e300] {
            #expect(abs(Logarithm.base2(value) - log2(value)) < 1e-11, "\(value)")
        }
        #expect(Logarithm.base2(64) == 6)
        #expect(Logarithm.base2(0) == 0 && Logarithm.base2(.nan) == 0)
    }

    @Test("Directions are those of the C library")
    func directions() {
        for degrees in stride(from: -720.0, through: 720, by: 7.5) {
            let (cosine, sine) = StrokePath.direction(degrees: degrees)
            #expect(abs(cosine - cos(degrees * .pi / 180)) < 1e-6, "\(degrees)")
            #expect(abs(sine - sin(degrees * .pi / 180)) < 1e-6, "\(degrees)")
        }
    }

    @Test("Doublings are equally far apart on a logarithmic axis")
    func logarithmicAxis() {
        let axis = ChartAxis(label: "jobs", at: [4, 1, 2, 2, -3, .nan], scale: .logarithmic) { "\(Int($0))" }
        #expect(axis.ticks.map(\.label) == ["1", "2", "4"])
        #expect(axis.position(of: 1) == 0 && axis.position(of: 2) == 0.5 && axis.position(of: 4) == 1)
        #expect(axis.position(of: 0) == nil && axis.position(of: .infinity) == nil)
    }

    @Test("One number alone stands within the axis", arguments: [ChartAxis.Scale.linear, .logarithmic])
    func oneNumber(scale: ChartAxis.Scale) throws {
        let axis = ChartAxis(label: "", at: [2], scale: scale) { "\($0)" }
        let position = try #require(axis.position(of: 2))
        #expect(position > 0 && position < 1)
    }

    @Test("Dashes and gaps go around corners and keep their lengths")
    func dashes() {
        let corner: [Chart.Point] = [.init(x: 0, y: 0), .init(x: 25, y: 0), .init(x: 25, y: 30)]
        let pieces = Dashes.pieces(of: corner, on: 10, off: 5)
        let lengths = pieces.map { piece in
            zip(piece, piece.dropFirst()).reduce(0.0) { $0 + hypot($1.1.x - $1.0.x, $1.1.y - $1.0.y) }
        }
        #expect(lengths.map { Int($0.rounded()) } == [10, 10, 10, 10])
        #expect(pieces[1].count == 2 && pieces[2].first == Chart.Point(x: 25, y: 5))
        #expect(Dashes.pieces(of: [], on: 10, off: 5).flatMap { $0 }.isEmpty)
    }

    @Test("A dot covers as many pixels as a circle has area, a line as a rectangle has")
    func coverage() {
        func darkness(_ draw: (inout Raster) -> Void) -> Double {
            var raster = Raster(width: 60, height: 60, color: 0xffffff)
            draw(&raster)
            return raster.bytes.reduce(0.0) { $0 + Double(255 - $1) } / (3 * 255)
        }
        let dot = darkness { $0.fillCircle(at: .init(x: 30.3, y: 29.8), radius: 10, color: 0) }
        #expect(abs(dot - Double.pi * 100) < 3)
        let line = darkness { $0.stroke([[.init(x: 10, y: 30.5), .init(x: 50, y: 30.5)]], width: 3, color: 0) }
        #expect(abs(line - (40 * 3 + Double.pi * 2.25)) < 3)
        let square: [Chart.Point] = [
            .init(x: 10, y: 10), .init(x: 30, y: 10), .init(x: 30, y: 30), .init(x: 10, y: 30),
        ]
        #expect(abs(darkness { $0.fillConvex(square, color: 0) } - 400) < 3)
        #expect(abs(darkness { $0.fillConvex(square, growth: -2, color: 0) } - 256) < 3)
    }

    @Test("What lies outside of the picture, or nowhere, is left out")
    func outside() {
        var raster = Raster(width: 8, height: 8, color: 0xffffff)
        let blank = raster
        raster.stroke([[.init(x: -50, y: -50), .init(x: -20, y: 90)]], width: 4, color: 0)
        raster.stroke([[.init(x: .nan, y: 2), .init(x: 3, y: .infinity)]], width: 4, color: 0)
        raster.fillCircle(at: .init(x: 1e300, y: 4), radius: 2, color: 0)
        raster.fillConvex([.init(x: 1, y: 1)], color: 0)
        #expect(raster.bytes == blank.bytes)
    }

    @Test("Every character of ASCII is drawn, and those of units and sentences")
    func letters() {
        let characters = (0x20..<0x7f).map { Character(UnicodeScalar(UInt8($0))) } + Array("µ×–—−·…°")
        let missing = characters.filter { !StrokeFont.contains($0) }
        #expect(missing.isEmpty)
        #expect(characters.dropFirst().allSatisfy { !StrokeFont.glyph($0).lines.isEmpty })
        #expect(Set("0123456789".map { StrokeFont.glyph($0).width }).count == 1)
        #expect(!StrokeFont.glyph("漢").lines.isEmpty, "an unknown character is a box")
    }

    @Test("Letters stay within their width, and texts are as wide as told")
    func widths() {
        let text = "Speed-up of 20,000 samples (58 ms)"
        let points = StrokeFont.lines(of: text, size: 40).flatMap { $0 }
        let width = StrokeFont.width(of: text, size: 40)
        #expect(points.map(\.x).max() ?? 0 <= width + 1)
        #expect(points.map(\.x).min() ?? 0 >= -1)
        #expect(points.allSatisfy { $0.y <= 10 && $0.y >= -34 })
    }

    @Test("No two texts of a chart overlap, none leaves the picture", arguments: RecordingCanvas.charts)
    func texts(chart: Chart) {
        var canvas = RecordingCanvas()
        ChartLayout(chart, on: canvas).draw(on: &canvas)
        for box in canvas.boxes {
            #expect(box.left >= 0 && box.right <= ChartLayout.width && box.top >= 0 && box.bottom <= ChartLayout.height)
        }
        for (index, box) in canvas.boxes.enumerated() {
            for other in canvas.boxes[(index + 1)...] {
                #expect(!box.overlaps(other), "\(box.text) and \(other.text)")
            }
        }
    }

    @Test("Markers stand in their panels, equal numbers at equal heights")
    func markers() {
        var canvas = RecordingCanvas()
        let layout = ChartLayout(.sample, on: canvas)
        layout.draw(on: &canvas)
        let placed = canvas.markers.filter { $0.title != nil }
        // The gap is not marked.
        #expect(placed.count == 8)
        #expect(placed.allSatisfy { $0.place.y >= layout.top - 1 && $0.place.y <= layout.bottom + 1 })
        #expect(layout.place(.init(x: 1, y: 2), panel: 0)?.y == layout.place(.init(x: 4, y: 2), panel: 1)?.y)
    }
}
