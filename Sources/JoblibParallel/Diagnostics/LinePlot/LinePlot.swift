/// A plot of lines and markers, as an SVG picture: measured speed-ups, a benchmark's times, an example's result.
///
/// ```swift
/// let measured = LinePlot.Series("threads", x: [1, 2, 4, 8], y: [1, 1.98, 3.9, 7.4])
/// let ideal = LinePlot.Series("ideal", x: [1, 8], y: [1, 8], style: .reference)
/// let plot = LinePlot(title: "OCR of 200 pages", xLabel: "jobs", yLabel: "speed-up", series: [measured, ideal])
/// try plot.write(to: "speedup.svg")
/// ```
///
/// Points that are no finite numbers are left out and interrupt the line. Nothing here traps, an empty plot included.
public struct LinePlot: Sendable, Hashable {
    /// Stands above the plot.
    public var title: String
    /// Names the horizontal axis, with its unit.
    public var xLabel: String
    /// Names the vertical axis, with its unit.
    public var yLabel: String
    /// What is drawn, the first one lowest.
    public var series: [Series]
    /// Stands above the names in the legend: what they say, such as `"jobs"` where they are numbers.
    public var legendTitle: String?

    /// Makes a plot.
    ///
    /// - Parameters:
    ///   - title: Stands above the plot; may be empty.
    ///   - xLabel: Names the horizontal axis, with its unit: `"jobs"`, `"time (s)"`.
    ///   - yLabel: Names the vertical axis, with its unit.
    ///   - series: What is drawn, in the order of the legend.
    ///   - legendTitle: Stands above the names in the legend: what they say, such as `"jobs"` where they are numbers.
    public init(title: String, xLabel: String, yLabel: String, series: [Series], legendTitle: String? = nil) {
        self.title = title
        self.xLabel = xLabel
        self.yLabel = yLabel
        self.series = series
        self.legendTitle = legendTitle
    }
}

extension LinePlot {
    /// One point of a series.
    public struct Point: Sendable, Hashable {
        /// Along the horizontal axis.
        public var x: Double
        /// Along the vertical axis.
        public var y: Double

        /// Makes a point.
        public init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }

    /// Named points of one colour.
    ///
    /// Series have colours and markers that differ, for the colour-blind too; from the eighth on their lines are dashed.
    public struct Series: Sendable, Hashable {
        /// How the points of a series are drawn.
        public enum Style: Sendable, Hashable {
            /// A line with a marker at each point.
            case lineAndMarkers
            /// A line only.
            case line
            /// Markers only.
            case markers
            /// A thin dashed grey line, for what the others are measured against: the ideal speed-up.
            case reference
        }

        /// Stands in the legend; a series without a name has no entry there.
        public var name: String
        /// In the order in which the line joins them.
        public var points: [Point]
        /// How the points are drawn.
        public var style: Style
        /// The colour of line and markers instead of the one that the series would get.
        ///
        /// One of CSS's names (`"teal"`), `"#rgb"` or `"#rrggbb"`; anything else counts as `nil`, and a
        /// ``Style/reference`` stays grey. A picture with such colours is light on dark screens too.
        public var color: String?

        /// Makes a series from points.
        ///
        /// - Parameters:
        ///   - name: Stands in the legend.
        ///   - points: In the order in which the line joins them.
        ///   - style: How they are drawn.
        ///   - color: The colour of line and markers, as in ``color``; `nil` for one that differs from the others'.
        public init(_ name: String, points: [Point], style: Style = .lineAndMarkers, color: String? = nil) {
            self.name = name
            self.points = points
            self.style = style
            self.color = color
        }

        /// Makes a series from two sequences of coordinates; what one has more than the other is left out.
        ///
        /// - Parameters:
        ///   - name: Stands in the legend.
        ///   - x: The points' places along the horizontal axis.
        ///   - y: The points' places along the vertical axis.
        ///   - style: How the points are drawn.
        ///   - color: The colour of line and markers, as in ``color``; `nil` for one that differs from the others'.
        public init(
            _ name: String,
            x: some Sequence<Double>,
            y: some Sequence<Double>,
            style: Style = .lineAndMarkers,
            color: String? = nil
        ) {
            self.init(name, points: zip(x, y).map { Point(x: $0, y: $1) }, style: style, color: color)
        }

        /// ``color`` if it is one and applies.
        var ownColor: SVGColor? { style == .reference ? nil : color.flatMap { SVGColor($0) } }
    }
}
