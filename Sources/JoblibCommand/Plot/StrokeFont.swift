/// Letters made of lines, in the manner of Hershey's fonts but drawn for this program: arcs and straight strokes of one width.
///
/// A unit is a tenth of the em. Small letters are 5 units high, capitals 7; what goes below the line, 2.
enum StrokeFont {
    /// A character's strokes, y upwards from the base line, and how wide it is.
    struct Glyph: Sendable {
        let lines: [[Chart.Point]]
        let width: Double
    }

    /// The room between neighbours, in units.
    private static let spacing = 1.45

    /// The width of the strokes of letters of some size, in pixels.
    static func strokeWidth(size: Double, isBold: Bool) -> Double {
        size * (isBold ? 0.122 : 0.082)
    }

    /// How wide a text is, in pixels.
    static func width(of text: String, size: Double, isBold: Bool = false) -> Double {
        let glyphs = text.map(glyph)
        let letters = glyphs.reduce(0) { $0 + $1.width }
        let gaps = Double(max(0, glyphs.count - 1)) * room(isBold)
        return (letters + gaps) * size / 10
    }

    /// A text's strokes in pixels, y downwards, the base line's left end at the origin.
    static func lines(of text: String, size: Double, isBold: Bool = false) -> [[Chart.Point]] {
        let scale = size / 10
        var lines: [[Chart.Point]] = []
        var x = 0.0
        for glyph in text.map(glyph) {
            lines += glyph.lines.map { line in line.map { .init(x: (x + $0.x) * scale, y: -$0.y * scale) } }
            x += glyph.width + room(isBold)
        }
        return lines
    }

    private static func room(_ isBold: Bool) -> Double { spacing + (isBold ? 0.3 : 0) }

    /// The strokes of a character; of one that was never drawn, an empty box.
    static func glyph(_ character: Character) -> Glyph {
        glyphs[character] ?? missing
    }

    /// Whether a character was drawn.
    static func contains(_ character: Character) -> Bool { glyphs[character] != nil }

    private static let missing = Glyph(
        lines: StrokePath.lines("M0 0 L0 7 L4 7 L4 0 L0 0"),
        width: 4
    )

    private static let glyphs: [Character: Glyph] = outlines.mapValues { width, path in
        Glyph(lines: StrokePath.lines(path), width: width)
    }
}
