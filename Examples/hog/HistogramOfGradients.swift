import ArgumentParser
import Foundation
import Joblib

@main
struct HistogramOfGradients: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hog",
        abstract: "Computes the histograms of oriented gradients of every image in a folder."
    )

    @Argument(help: "The folder. (default: the images of this example)", completion: .directory)
    var folder: String?

    @Option(help: "How many images to work on at a time.")
    var jobs = 8

    @Flag(help: "Draw the strongest edges of each image.")
    var draw = false

    @Option(help: "A file to write the features to: a line for each image, its name and its numbers.")
    var features: String?

    func run() throws {
        let source = try source()
        let allImages = try images(in: source)
        guard !allImages.isEmpty else {
            throw ValidationError("There is no image in \(source.relativePath).")
        }
        let parallel = Parallel(jobs: JobCount(jobs), progress: .bar)
        let results = try parallel.results(of: allImages.map { delayed(getHog)($0) })

        var failures = 0
        var table = ""
        for (file, result) in zip(allImages, results) {
            switch result {
            case .success(let hog):
                print(
                    "\(file.lastPathComponent): \(hog.width) × \(hog.height), \(hog.features.count) features, "
                        + "most edges at \(hog.mainEdge - 10)° to \(hog.mainEdge + 10)°"
                )
                if draw { print(hog.text) }
                table += file.lastPathComponent + hog.features.map { ",\($0)" }.joined() + "\n"
            case .failure(let failure):
                failures += 1
                print("\(file.lastPathComponent): failed:", failure.underlying.map { "\($0)" } ?? "\(failure)")
            }
        }
        print("\(results.count - failures) of \(results.count) images done")
        if let features {
            try table.write(toFile: features, atomically: true, encoding: .utf8)
        }
    }

    private func source() throws -> URL {
        if let folder {
            guard FileManager.default.fileExists(atPath: folder) else {
                throw ValidationError("There is no folder \(folder).")
            }
            return URL(filePath: folder, directoryHint: .isDirectory)
        }
        guard let images = Bundle.module.url(forResource: "Images", withExtension: nil) else {
            throw ValidationError("The images are missing beside the program: name a folder.")
        }
        return images
    }
}
