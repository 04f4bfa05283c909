/// What a picture of measurements shows, without saying how it is drawn: panels side by side with one scale and one legend.
struct Chart: Sendable, Equatable {
    /// Stands on top, in large letters.
    var title: String
    /// Stands below the title: what to see in the picture.
    var subtitle: String
    /// From left to right.
    var panels: [Panel]
    var xAxis: ChartAxis
    var yAxis: ChartAxis
    /// Stands before the names in the legend: what they say.
    var legendTitle: String
    /// Stands at the bottom, in small letters: how the numbers came about.
    var note: String
}

extension Chart {
    /// One field with lines.
    struct Panel: Sendable, Equatable {
        /// Stands above the field.
        var title: String
        /// The first is drawn lowest.
        var series: [Series]
    }

    /// One line. Series of the same name look alike in all panels and share an entry of the legend.
    struct Series: Sendable, Equatable {
        var name: String
        /// In the order in which the line joins them.
        var points: [Point]
        /// Whether this is what the others are measured against: dashed, without markers or colour.
        var isReference = false
    }

    /// A place in the units of the axes.
    struct Point: Sendable, Hashable {
        var x: Double
        var y: Double
    }

    /// The distinct series of all panels in the order in which they come up, references last.
    var legend: [Series] {
        var entries: [Series] = []
        for series in panels.flatMap(\.series) where !series.name.isEmpty {
            if !entries.contains(where: { $0.name == series.name }) { entries.append(series) }
        }
        return entries.filter { !$0.isReference } + entries.filter(\.isReference)
    }
}
