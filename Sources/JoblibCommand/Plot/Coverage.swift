/// How far the pixels of a rectangle are covered by a form: 0 not at all, 1 wholly.
struct Coverage: Sendable {
    let columns: Range<Int>
    let rows: Range<Int>
    /// Row by row.
    private(set) var values: [Float]

    /// Nothing covered yet, in the part of a picture that lies around some points.
    init(around points: [Chart.Point], margin: Double, in raster: Raster) {
        let finite = points.filter { $0.x.isFinite && $0.y.isFinite }
        columns = Self.range(finite.map(\.x), margin, limit: raster.width)
        rows = Self.range(finite.map(\.y), margin, limit: raster.height)
        values = [Float](repeating: 0, count: columns.count * rows.count)
    }

    private static func range(_ values: [Double], _ margin: Double, limit: Int) -> Range<Int> {
        guard let least = values.min(), let greatest = values.max() else { return 0..<0 }
        let bound = Double(limit)
        let lower = Int(min(max((least - margin).rounded(.down), 0), bound))
        let upper = Int(min(max((greatest + margin).rounded(.up), 0), bound))
        return lower..<max(lower, upper)
    }

    /// Covers all that is at most `radius` away from a straight line.
    mutating func add(capsuleFrom from: Chart.Point, to: Chart.Point, radius: Double) {
        let (alongX, alongY) = (to.x - from.x, to.y - from.y)
        let square = alongX * alongX + alongY * alongY
        // A hairline covers less than a pixel however close it passes.
        let most = min(1, 2 * radius)
        cover(aroundX: [from.x, to.x], y: [from.y, to.y], margin: radius + 1) { x, y in
            let (fromX, fromY) = (x - from.x, y - from.y)
            let part = square > 0 ? min(max((fromX * alongX + fromY * alongY) / square, 0), 1) : 0
            let (restX, restY) = (fromX - part * alongX, fromY - part * alongY)
            let distance = (restX * restX + restY * restY).squareRoot()
            return min(max(radius + 0.5 - distance, 0), most)
        }
    }

    /// Covers a convex polygon that is `growth` larger on all sides.
    mutating func add(convex corners: [Chart.Point], growth: Double) {
        let (xs, ys) = (corners.map(\.x), corners.map(\.y))
        let middle = Chart.Point(
            x: xs.reduce(0, +) / Double(corners.count),
            y: ys.reduce(0, +) / Double(corners.count)
        )
        // Each edge as a line with the inside on its negative side.
        let edges: [(x: Double, y: Double, offset: Double)] = corners.indices.compactMap { index in
            let (from, to) = (corners[index], corners[(index + 1) % corners.count])
            let length = ((to.x - from.x) * (to.x - from.x) + (to.y - from.y) * (to.y - from.y)).squareRoot()
            guard length > 0 else { return nil }
            var (x, y) = ((to.y - from.y) / length, (from.x - to.x) / length)
            if (middle.x - from.x) * x + (middle.y - from.y) * y > 0 { (x, y) = (-x, -y) }
            return (x, y, from.x * x + from.y * y)
        }
        cover(aroundX: xs, y: ys, margin: 2 * growth + 2) { x, y in
            let distance = edges.map { x * $0.x + y * $0.y - $0.offset }.max() ?? .infinity
            return min(max(growth + 0.5 - distance, 0), 1)
        }
    }

    private mutating func cover(
        aroundX xs: [Double],
        y ys: [Double],
        margin: Double,
        _ share: (_ x: Double, _ y: Double) -> Double
    ) {
        guard (xs + ys).allSatisfy(\.isFinite) else { return }
        let columns = Self.range(xs, margin, limit: self.columns.upperBound).clamped(to: self.columns)
        let rows = Self.range(ys, margin, limit: self.rows.upperBound).clamped(to: self.rows)
        for row in rows {
            let start = (row - self.rows.lowerBound) * self.columns.count - self.columns.lowerBound
            for column in columns {
                let value = Float(share(Double(column) + 0.5, Double(row) + 0.5))
                if value > values[start + column] { values[start + column] = value }
            }
        }
    }
}
