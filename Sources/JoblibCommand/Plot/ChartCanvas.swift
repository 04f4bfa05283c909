/// Where a chart is drawn. Coordinates are pixels from the upper left corner.
protocol ChartCanvas {
    /// How wide a text will be.
    func width(of text: String, _ style: ChartTextStyle) -> Double
    /// Draws a text whose baseline is at `place`.
    mutating func text(_ text: String, at place: Chart.Point, _ style: ChartTextStyle, _ anchor: ChartAnchor)
    /// Draws a text that reads upwards, its middle at `place`.
    mutating func verticalText(_ text: String, at place: Chart.Point, _ style: ChartTextStyle)
    /// Draws a line through points, one after the other.
    mutating func line(_ points: [Chart.Point], _ stroke: ChartStroke)
    /// Draws a marker around a point; `title` is what a pointer over it may show.
    mutating func marker(_ form: ChartMarker, at place: Chart.Point, series: Int, title: String?)
}

/// Where a text stands to its point.
enum ChartAnchor: Sendable {
    case start
    case middle
    case end
}

/// The kinds of text in a chart.
enum ChartTextStyle: Sendable, CaseIterable {
    case title
    case subtitle
    case heading
    case label
    case tick
    case note

    /// The height of the letters' em, in pixels of a chart.
    var size: Double {
        switch self {
        case .title: 46
        case .subtitle: 28
        case .heading: 32
        case .label: 28
        case .tick: 27
        case .note: 22
        }
    }

    var isBold: Bool { self == .title || self == .heading }

    /// Whether it steps back behind the rest.
    var isSoft: Bool { self == .subtitle || self == .tick || self == .note }
}

/// The kinds of line in a chart.
enum ChartStroke: Sendable, Equatable {
    case axis
    case grid
    case reference
    case series(Int)

    /// In pixels of a chart.
    var width: Double {
        switch self {
        case .axis: 2
        case .grid: 1.5
        case .reference: 4
        case .series: 5.5
        }
    }

    /// Lengths of dash and gap; nil for a whole line.
    var dash: (on: Double, off: Double)? {
        switch self {
        case .reference: (16, 13)
        // When the colours begin again.
        case .series(let index) where index >= ChartPalette.series.count: (26, 12)
        default: nil
        }
    }
}

/// The forms of markers, different for neighbours, for those who cannot tell the colours apart.
enum ChartMarker: Int, Sendable, CaseIterable {
    case circle
    case square
    case triangle
    case diamond

    init(series: Int) {
        self = Self.allCases[series % Self.allCases.count]
    }

    /// The corners around the middle, or nil for a circle.
    var corners: [Chart.Point]? {
        switch self {
        case .circle:
            nil
        case .square:
            [.init(x: -9.5, y: -9.5), .init(x: 9.5, y: -9.5), .init(x: 9.5, y: 9.5), .init(x: -9.5, y: 9.5)]
        case .triangle:
            [.init(x: 0, y: -13), .init(x: 12, y: 8.5), .init(x: -12, y: 8.5)]
        case .diamond:
            [.init(x: 0, y: -13.5), .init(x: 13.5, y: 0), .init(x: 0, y: 13.5), .init(x: -13.5, y: 0)]
        }
    }

    /// A circle's radius.
    static let radius = 10.5
    /// The light edge that keeps a marker apart from lines.
    static let edge = 2.5
}
