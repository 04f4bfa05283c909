import Foundation
import Joblib

/// What Python calls a dictionary with these keys.
struct Recording: Codable, Sendable {
    var title: String
    /// Samples a second.
    var rate: Int
    /// A row for each channel.
    var channels: NDArray<Double>
    var labels: [String]

    /// What exchange.py writes.
    static var example: Recording {
        get throws {
            let samples = (0..<4).flatMap { channel in
                let tone = Double(channel + 1)
                return (0..<2000).map { sin(2 * .pi * tone * Double($0) / 500) * tone }
            }
            return Recording(
                title: "four tones",
                rate: 500,
                channels: try NDArray(shape: [4, 2000], elements: samples),
                labels: ["a", "b", "c", "d"]
            )
        }
    }

    /// Writes the two files that exchange.py writes.
    func write(to folder: String) throws {
        try dump(self, to: folder + "/recording.joblib.gz")
        try NPY.write([1, 2, 3, 2, 1].map { Float($0) / 9 }, to: folder + "/weights.npy")
        print("Swift wrote recording.joblib.gz and weights.npy")
    }
}

/// What is found in a recording.
struct Findings: Codable, Sendable {
    var title: String
    /// The root of the mean square of each channel.
    var loudness: [Double]
    /// The label of the loudest channel.
    var loudest: String
}
