/// A picture of pixels on which forms are laid with soft edges.
///
/// How far a pixel is covered follows from the distance of its middle to the form's edge, which for forms larger than a
/// pixel is as good as the exact area.
struct Raster: Sendable {
    let width: Int
    let height: Int
    /// Red, green and blue, a byte each, row by row from the top.
    private(set) var bytes: [UInt8]

    /// - Parameters:
    ///   - width: In pixels, at least 1.
    ///   - height: In pixels, at least 1.
    ///   - color: `0xrrggbb` for every pixel.
    init(width: Int, height: Int, color: Int) {
        self.width = max(1, width)
        self.height = max(1, height)
        let (red, green, blue) = Self.parts(color)
        bytes = [UInt8](repeating: red, count: self.width * self.height * 3)
        guard green != red || blue != red else { return }
        for pixel in 0..<self.width * self.height {
            bytes[3 * pixel + 1] = green
            bytes[3 * pixel + 2] = blue
        }
    }

    /// Draws lines with round ends and joints, each pixel once, however many of them cross it.
    ///
    /// - Parameters:
    ///   - lines: Each a chain of points; one point alone is a dot.
    ///   - width: In pixels.
    ///   - color: `0xrrggbb`.
    mutating func stroke(_ lines: [[Chart.Point]], width: Double, color: Int) {
        let radius = width / 2
        var cover = Coverage(around: lines.flatMap { $0 }, margin: radius + 1, in: self)
        for line in lines {
            if line.count == 1 { cover.add(capsuleFrom: line[0], to: line[0], radius: radius) }
            for (from, to) in zip(line, line.dropFirst()) { cover.add(capsuleFrom: from, to: to, radius: radius) }
        }
        blend(cover, color: color)
    }

    /// Fills a circle.
    mutating func fillCircle(at center: Chart.Point, radius: Double, color: Int) {
        stroke([[center]], width: 2 * radius, color: color)
    }

    /// Fills a convex polygon that is `growth` pixels larger on all sides.
    mutating func fillConvex(_ corners: [Chart.Point], growth: Double = 0, color: Int) {
        guard corners.count > 2 else { return }
        var cover = Coverage(around: corners, margin: 2 * growth + 2, in: self)
        cover.add(convex: corners, growth: growth)
        blend(cover, color: color)
    }

    private mutating func blend(_ cover: Coverage, color: Int) {
        let (red, green, blue) = Self.parts(color)
        var index = 0
        for y in cover.rows {
            for x in cover.columns {
                let share = Double(cover.values[index])
                index += 1
                guard share > 0 else { continue }
                let place = 3 * (y * width + x)
                bytes[place] = Self.mix(bytes[place], red, share)
                bytes[place + 1] = Self.mix(bytes[place + 1], green, share)
                bytes[place + 2] = Self.mix(bytes[place + 2], blue, share)
            }
        }
    }

    private static func mix(_ below: UInt8, _ above: UInt8, _ share: Double) -> UInt8 {
        let mixed = Double(below) + (Double(above) - Double(below)) * min(share, 1)
        return UInt8(min(max(mixed.rounded(), 0), 255))
    }

    private static func parts(_ color: Int) -> (UInt8, UInt8, UInt8) {
        (
            UInt8(truncatingIfNeeded: color >> 16), UInt8(truncatingIfNeeded: color >> 8),
            UInt8(truncatingIfNeeded: color)
        )
    }
}
