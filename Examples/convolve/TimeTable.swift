import Foundation

/// How long the work took, for each number of jobs (rows) and each size (columns).
struct TimeTable: Equatable {
    let jobs: [Int]
    let sizes: [Int]
    /// Seconds: `seconds[row][column]`.
    let seconds: [[Double]]

    /// Calls `measure` with every number of jobs and every size.
    init(jobs: [Int], sizes: [Int], measure: (_ jobs: Int, _ size: Int) throws -> Duration) rethrows {
        self.jobs = jobs
        self.sizes = sizes
        seconds = try jobs.map { jobs in
            try sizes.map { size in try measure(jobs, size) / .seconds(1) }
        }
    }

    /// Reads a table that `write(to:)` wrote, one line per number of jobs, one number per size, in the format of
    /// NumPy's `savetxt`.
    init(jobs: [Int], sizes: [Int], contentsOf file: URL) throws {
        let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).map(String.init)
        let header = Self.header(jobs: jobs, sizes: sizes)
        let seconds = lines.dropFirst(header.count).map { line in
            line.split(whereSeparator: \.isWhitespace).map { Double($0) ?? .nan }
        }
        guard lines.starts(with: header), seconds.count == jobs.count,
            seconds.allSatisfy({ $0.count == sizes.count && $0.allSatisfy(\.isFinite) })
        else {
            throw UnusableTimes(file: file.relativePath, expected: header)
        }
        self.jobs = jobs
        self.sizes = sizes
        self.seconds = seconds
    }

    func write(to file: URL) throws {
        let rows = seconds.map { row in
            row.map { String(format: "%.18e", $0) }.joined(separator: " ")
        }
        let lines = Self.header(jobs: jobs, sizes: sizes) + rows
        try (lines.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
    }

    /// What was measured, as comments that NumPy's `genfromtxt` skips.
    private static func header(jobs: [Int], sizes: [Int]) -> [String] {
        [
            "# rows: n_jobs " + jobs.map(String.init).joined(separator: " "),
            "# columns: size " + sizes.map(String.init).joined(separator: " "),
        ]
    }
}

struct UnusableTimes: Error, CustomStringConvertible {
    var file: String
    var expected: [String]

    var description: String {
        """
        \(file) holds other times than the ones asked for:
        \(expected.joined(separator: "\n"))
        Remove the file, or choose another folder with --output.
        """
    }
}
