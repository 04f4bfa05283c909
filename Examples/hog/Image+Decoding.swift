import CGD
import Foundation

extension Image {
    /// Decodes a JPEG, PNG, GIF, BMP or WebP file: whichever libgd tells from the name.
    init(contentsOf file: URL) throws {
        Self.quietLibrary
        guard FileManager.default.isReadableFile(atPath: file.path) else {
            throw ImageError.unreadable(file.lastPathComponent)
        }
        guard let image = unsafe gdImageCreateFromFile(file.path) else {
            throw ImageError.undecodable(file.lastPathComponent)
        }
        defer { unsafe gdImageDestroy(image) }

        let width = unsafe Int(image.pointee.sx)
        let height = unsafe Int(image.pointee.sy)
        var pixels: [SIMD3<Double>] = []
        pixels.reserveCapacity(width * height)
        for y in 0..<height {
            for x in 0..<width {
                let color = unsafe gdImageGetTrueColorPixel(image, Int32(x), Int32(y))
                pixels.append(SIMD3(SIMD3(color >> 16 & 0xff, color >> 8 & 0xff, color & 0xff)))
            }
        }
        self.init(width: width, height: height, pixels: pixels)
    }

    /// libgd writes its complaints to standard error, across the progress bar; the thrown errors tell what matters.
    private static let quietLibrary: Void = unsafe gdSetErrorMethod { _, _, _ in }
}

/// Why a file is no picture; `Codable`, so that it comes back whole from a worker process too.
enum ImageError: Error, Codable, CustomStringConvertible {
    case unreadable(String)
    case undecodable(String)
    case tooSmall(width: Int, height: Int)

    var description: String {
        switch self {
        case .unreadable(let name):
            "\(name) cannot be read"
        case .undecodable(let name):
            "\(name) is damaged, or not an image that libgd can decode"
        case .tooSmall(let width, let height):
            "\(width) × \(height) pixels are too few: one block takes \(HOG.blockPixels) × \(HOG.blockPixels)"
        }
    }
}
