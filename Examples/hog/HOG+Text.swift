extension HOG {
    /// The picture as its edges: for each cell the stroke that runs like its strongest edges, a blank where it is flat.
    var text: String {
        let strength = (0..<(rows * columns)).map { cell in histogram(of: cell).reduce(0, +) }
        let strongest = strength.max() ?? 0
        return (0..<rows).map { row in
            String(
                (0..<columns).map { column in
                    let cell = row * columns + column
                    return strength[cell] > 0.25 * strongest ? stroke(of: cell) : " "
                }
            )
        }.joined(separator: "\n")
    }

    /// The middle of the orientation of most edges of the whole picture, in degrees: 90 is upright.
    var mainEdge: Int {
        var sums = [Double](repeating: 0, count: Self.orientations)
        for (index, vote) in cells.enumerated() {
            sums[index % Self.orientations] += vote
        }
        return Self.edgeAngle(of: Self.strongest(in: sums[...]))
    }

    private func histogram(of cell: Int) -> ArraySlice<Double> {
        cells[(cell * Self.orientations)..<((cell + 1) * Self.orientations)]
    }

    private func stroke(of cell: Int) -> Character {
        switch Self.edgeAngle(of: Self.strongest(in: histogram(of: cell))) {
        case 23..<68: "/"
        case 68..<113: "|"
        case 113..<158: "\\"
        default: "-"
        }
    }

    private static func strongest(in histogram: ArraySlice<Double>) -> Int {
        let indices = histogram.indices
        let index = indices.max { histogram[$0] < histogram[$1] } ?? indices.lowerBound
        return index - indices.lowerBound
    }

    /// An edge runs across its gradient; and angles on paper grow upwards, those of rows of pixels downwards.
    private static func edgeAngle(of orientation: Int) -> Int {
        let gradient = (2 * orientation + 1) * 90 / orientations
        return (270 - gradient) % 180
    }
}
