import Foundation

/// The features of the image in a file.
func getHog(_ file: URL) throws -> HOG {
    try HOG(Image(contentsOf: file))
}

/// The files of a folder that are images by their names, in alphabetical order.
func images(in folder: URL) throws -> [URL] {
    let extensions: Set = ["jpg", "jpeg", "png", "gif", "bmp", "webp"]
    return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        .filter { extensions.contains($0.pathExtension.lowercased()) }
        .sorted { $0.lastPathComponent < $1.lastPathComponent }
}
