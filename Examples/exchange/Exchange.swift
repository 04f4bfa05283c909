import ArgumentParser
import Foundation
import Joblib

@main
struct Exchange: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange",
        abstract: "Works on data that Python wrote, and writes what Python reads."
    )

    @Argument(help: "The folder of the files. (default: a temporary one)", completion: .directory)
    var folder: String?

    @Option(help: "The Python to run; it needs joblib and NumPy.")
    var python = "python3"

    func run() throws {
        let manager = FileManager.default
        let path = folder ?? manager.temporaryDirectory.appending(path: "exchange-\(getpid())").path
        try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
        defer { if folder == nil { try? manager.removeItem(atPath: path) } }

        let script = Bundle.module.path(forResource: "exchange", ofType: "py") ?? "exchange.py"
        let python = Python(named: python)
        if let missing = python.missing {
            print("There is no Python with joblib and NumPy: \(missing)")
            print("Install them with: python3 -m venv .venv && .venv/bin/pip install joblib numpy")
            print("Then: swift run exchange --python .venv/bin/python")
            try Recording.example.write(to: path)
        } else {
            try python.run(script, "write", path)
        }
        try work(in: path)
        if python.missing == nil { try python.run(script, "check", path) }
    }

    /// What this is about: everything else is for showing it.
    private func work(in folder: String) throws {
        let recording = try load(Recording.self, from: folder + "/recording.joblib.gz")
        let weights = try NPY.read([Float].self, from: folder + "/weights.npy").map { Double($0) }
        print("Swift read recording.joblib.gz: \(recording.title), \(recording.channels.shape) at \(recording.rate) Hz")
        print("Swift read weights.npy: \(weights.count) weights")

        let (count, length) = (recording.channels.shape[0], recording.channels.shape[1])
        let rows = try Parallel(jobs: -1).map(0..<count) { [channels = recording.channels.elements] channel in
            filtered(channels[(channel * length)..<((channel + 1) * length)], by: weights)
        }
        let loudness = rows.map { row in (row.reduce(0) { $0 + $1 * $1 } / Double(row.count)).squareRoot() }
        let loudest = loudness.indices.max { loudness[$0] < loudness[$1] } ?? 0
        let findings = Findings(title: recording.title, loudness: loudness, loudest: recording.labels[loudest])

        try dump(findings, to: folder + "/findings.joblib")
        try NPY.write(
            try NDArray(shape: [count, rows.first?.count ?? 0], elements: rows.flatMap { $0 }),
            to: folder + "/filtered.npy"
        )
        print("Swift wrote findings.joblib and filtered.npy: loudest is \(findings.loudest)")
    }
}

/// Each sum of as many neighbours as there are weights, as `numpy.convolve` with `mode="valid"`.
func filtered(_ samples: ArraySlice<Double>, by weights: [Double]) -> [Double] {
    guard samples.count >= weights.count else { return [] }
    return (samples.startIndex...(samples.endIndex - weights.count)).map { start in
        weights.indices.reduce(0) { $0 + samples[start + $1] * weights[weights.count - 1 - $1] }
    }
}
