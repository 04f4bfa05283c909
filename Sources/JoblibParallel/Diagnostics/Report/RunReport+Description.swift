extension RunReport: CustomStringConvertible {
    /// A table for the terminal: a line per worker, totals, and the ``advice``.
    ///
    /// ```
    /// 1,000 tasks in 12.3 s on 2 threads: 81.3 tasks/s, speed-up 1.9
    /// worker  tasks  batches    busy    idle  share
    ///      0    501       63  11.9 s  400 ms   97 %
    ///      1    499       62  11.5 s  800 ms   93 %
    ///  total  1,000      125  23.4 s  1.20 s   95 %
    /// Workers were busy 95 % of the time and evenly loaded: nothing to gain here; more jobs help if processors are free.
    /// ```
    ///
    /// Of more than 32 workers the eight busiest and the eight idlest are shown.
    public var description: String {
        var lines = [headline]
        if !workers.isEmpty { lines += TextTable(header: columns, rows: rows).lines }
        if failed > 0 || retried > 0 {
            lines.append("\(HumanText.count(failed)) failed, \(HumanText.count(retried, "further attempt"))")
        }
        lines.append(advice)
        return lines.joined(separator: "\n")
    }

    /// `1,000 tasks in 12.3 s on 8 threads`.
    package var summary: String {
        "\(HumanText.count(tasks, "task")) in \(HumanText.duration(elapsed)) on \(place)"
    }

    private var headline: String {
        let rate = HumanText.number(throughput)
        return "\(summary): \(rate) tasks/s, speed-up \(HumanText.fixed(speedup, decimals: 1))"
    }

    /// Where it ran, in words: backends are named in the plural where they have several workers.
    private var place: String {
        switch backend {
        case "threads": HumanText.count(jobs, "thread")
        case "processes": jobs == 1 ? "1 process" : "\(HumanText.count(jobs)) processes"
        case "sequential": "the caller's thread"
        default: "\(HumanText.count(jobs, "job")) of \(backend)"
        }
    }

    /// Transfer has a column only where there was some: threads share memory.
    private var showsTransfer: Bool { transfer > .zero }

    private var columns: [String] {
        ["worker", "tasks", "batches", "busy"] + (showsTransfer ? ["transfer"] : []) + ["idle", "share"]
    }

    private var rows: [[String]] {
        var rows = shownWorkers.map { worker in
            guard let worker else { return Array(repeating: "…", count: columns.count) }
            return row(String(worker.index), worker, idle: idle(of: worker), share: share(of: worker))
        }
        if workers.count > 1 {
            var total = Worker(index: 0, busy: busy, transfer: transfer)
            total.tasks = workers.reduce(0) { $0 + $1.tasks }
            total.batches = workers.reduce(0) { $0 + $1.batches }
            let idle = max(.zero, elapsed * jobs - busy - transfer)
            rows.append(row("total", total, idle: idle, share: utilization))
        }
        return rows
    }

    private func row(_ name: String, _ worker: Worker, idle: Duration, share: Double) -> [String] {
        let times = [worker.busy] + (showsTransfer ? [worker.transfer] : []) + [idle]
        return [name, HumanText.count(worker.tasks), HumanText.count(worker.batches)]
            + times.map { HumanText.duration($0, aligned: true) } + [HumanText.percent(share)]
    }

    /// The workers of the table; `nil` stands for those left out.
    private var shownWorkers: [Worker?] {
        guard workers.count > 32 else { return workers }
        let byBusy = workers.sorted { $0.busy > $1.busy }
        return byBusy.prefix(8).map { $0 } + [nil] + byBusy.suffix(8).map { $0 }
    }
}
