import Joblib

extension TimeTable {
    /// Time over the number of jobs, a panel for each of the first four sizes.
    func plotsByJobs() -> [LinePlot] {
        sizes.indices.prefix(4).map { column in
            LinePlot(
                title: "Size = \(sizes[column])",
                xLabel: "n_jobs",
                yLabel: "Time (s)",
                series: [
                    LinePlot.Series("", x: jobs.map(Double.init), y: seconds.map { $0[column] }, style: .markers)
                ]
            )
        }
    }

    /// Time over the size, a line for each number of jobs.
    func plotBySize() -> LinePlot {
        LinePlot(
            title: "",
            xLabel: "Convolution size",
            yLabel: "Time (s)",
            series: jobs.indices.map { row in
                LinePlot.Series(
                    "\(jobs[row])",
                    x: sizes.map(Double.init),
                    y: seconds[row],
                    style: .line,
                    color: row < Self.colors.count ? Self.colors[row] : nil
                )
            },
            legendTitle: "n_jobs"
        )
    }

    /// The article's, for up to eight jobs; further lines get colours of the plot's choice.
    private static let colors = ["red", "black", "purple", "indianred", "chartreuse", "darkred", "teal", "blue"]
}
