/// A picture in memory: red, green and blue from 0 to 255, row by row from the top.
struct Image: Sendable {
    let width: Int
    let height: Int
    private let pixels: [SIMD3<Double>]

    /// Makes a picture of `width` times `height` pixels, all of which have to be given.
    init(width: Int, height: Int, pixels: [SIMD3<Double>]) {
        precondition(pixels.count == width * height, "\(pixels.count) pixels do not make \(width) × \(height)")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    subscript(x: Int, y: Int) -> SIMD3<Double> {
        pixels[y * width + x]
    }
}
