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
            series: zip(jobs, seconds).map { jobs, seconds in
                LinePlot.Series("n_jobs = \(jobs)", x: sizes.map(Double.init), y: seconds, style: .line)
            }
        )
    }
}
