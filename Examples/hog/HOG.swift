import Foundation

/// Histograms of oriented gradients: what the edges of a picture look like, place by place.
///
/// Dalal and Triggs, Histograms of Oriented Gradients for Human Detection, CVPR 2005, with the parameters they recommend.
/// Each pixel votes for one cell and one orientation; votes are not spread over neighbouring cells.
struct HOG: Codable, Sendable {
    /// The side of a cell, in pixels.
    static let cellPixels = 8
    /// The side of a block, in cells.
    static let blockCells = 2
    /// The side of a block, in pixels.
    static let blockPixels = blockCells * cellPixels
    /// Orientations from 0 to 180 degrees, each 20 degrees wide.
    static let orientations = 9

    /// The size of the picture, in pixels.
    let width: Int
    let height: Int
    /// The histogram of each cell, row by row: `orientations` numbers a cell.
    let cells: [Double]
    /// The blocks, row by row, each normalised; what a classifier is trained on.
    let features: [Double]

    var columns: Int { width / Self.cellPixels }
    var rows: Int { height / Self.cellPixels }

    init(_ image: Image) throws {
        guard image.width >= Self.blockPixels, image.height >= Self.blockPixels else {
            throw ImageError.tooSmall(width: image.width, height: image.height)
        }
        width = image.width
        height = image.height
        cells = Self.histograms(of: image)
        features = Self.normalizedBlocks(
            of: cells,
            columns: width / Self.cellPixels,
            rows: height / Self.cellPixels
        )
    }

    /// The votes of each cell's pixels: as strong as their gradient, for its orientation.
    private static func histograms(of image: Image) -> [Double] {
        let columns = image.width / cellPixels
        let rows = image.height / cellPixels
        var cells = [Double](repeating: 0, count: columns * rows * orientations)
        for y in 0..<(rows * cellPixels) {
            for x in 0..<(columns * cellPixels) {
                let gradient = Gradient(of: image, x: x, y: y)
                let cell = (y / cellPixels) * columns + x / cellPixels
                cells[cell * orientations + gradient.orientation] += gradient.magnitude
            }
        }
        return cells.map { $0 / Double(cellPixels * cellPixels) }
    }

    /// Overlapping blocks of cells, so that every cell counts in up to four of them, each time in another light.
    private static func normalizedBlocks(of cells: [Double], columns: Int, rows: Int) -> [Double] {
        var features: [Double] = []
        for row in 0...(rows - blockCells) {
            for column in 0...(columns - blockCells) {
                var block: [Double] = []
                for cellRow in row..<(row + blockCells) {
                    let start = (cellRow * columns + column) * orientations
                    block += cells[start..<(start + blockCells * orientations)]
                }
                features += l2Hys(block)
            }
        }
        return features
    }

    /// Lowe's normalisation: to length 1, no element above 0.2, to length 1 again.
    private static func l2Hys(_ block: [Double]) -> [Double] {
        normalized(normalized(block).map { min($0, 0.2) })
    }

    private static func normalized(_ block: [Double]) -> [Double] {
        let epsilon = 1e-5
        let length = (block.reduce(epsilon * epsilon) { $0 + $1 * $1 }).squareRoot()
        return block.map { $0 / length }
    }
}

/// How the brightness changes at a pixel, in the colour where it changes most.
private struct Gradient {
    let magnitude: Double
    /// Which of the orientations; the sign does not count: dark on bright is like bright on dark.
    let orientation: Int

    init(of image: Image, x: Int, y: Int) {
        // At the border there is no difference to take.
        let horizontal =
            x > 0 && x < image.width - 1 ? image[x + 1, y] - image[x - 1, y] : .zero
        let vertical =
            y > 0 && y < image.height - 1 ? image[x, y + 1] - image[x, y - 1] : .zero
        let squares = horizontal * horizontal + vertical * vertical
        var strongest = 0
        for color in 1..<3 where squares[color] > squares[strongest] {
            strongest = color
        }
        magnitude = squares[strongest].squareRoot()
        let degrees = atan2(vertical[strongest], horizontal[strongest]) * 180 / .pi
        let unsigned = degrees < 0 ? degrees + 180 : degrees
        orientation = Int(unsigned / 180 * Double(HOG.orientations)) % HOG.orientations
    }
}
