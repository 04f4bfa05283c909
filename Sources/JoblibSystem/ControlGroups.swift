/// The processor time that Linux control groups (containers, systemd units, batch systems) grant this process.
struct ControlGroups {
    private let files: SystemFiles

    init(files: SystemFiles) {
        self.files = files
    }

    /// The limits of the process's own group and of every group around it, in both versions of control groups.
    var limits: [ProcessorLimit] {
        let membership = Self.membership(files.text("/proc/self/cgroup") ?? "")
        var limits: [ProcessorLimit] = []
        for group in Self.withParents(membership.unified) {
            let path = "/sys/fs/cgroup\(group)/cpu.max"
            if let count = files.text(path).flatMap(Self.processors(inMaximum:)) {
                limits.append(ProcessorLimit(source: "cgroup v2 \(path)", count: count))
            }
        }
        // Version 1 mounts the controller under its own name or beside its twin, whichever the distribution chose.
        for directory in ["/sys/fs/cgroup/cpu", "/sys/fs/cgroup/cpu,cpuacct"] {
            let found = Self.withParents(membership.cpu).compactMap { quota(directory: directory + $0) }
            limits += found
            if !found.isEmpty { break }
        }
        return limits
    }

    private func quota(directory: String) -> ProcessorLimit? {
        let path = directory + "/cpu.cfs_quota_us"
        guard let quota = files.text(path), let period = files.text(directory + "/cpu.cfs_period_us"),
            let count = Self.processors(quota: quota, period: period)
        else { return nil }
        return ProcessorLimit(source: "cgroup v1 \(path)", count: count)
    }

    /// The process's group in version 2 ("0::/path") and in the cpu controller of version 1 ("4:cpu,cpuacct:/path").
    static func membership(_ text: String) -> (unified: String, cpu: String) {
        var groups = (unified: "", cpu: "")
        for line in text.split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            if fields[0] == "0", fields[1].isEmpty {
                groups.unified = String(fields[2])
            } else if fields[1].split(separator: ",").contains("cpu") {
                groups.cpu = String(fields[2])
            }
        }
        return groups
    }

    /// "/a/b" gives "/a/b", "/a" and "": a group may use no more than the ones around it.
    ///
    /// The last is also where a container sees its own group, whose path outside it has no meaning.
    static func withParents(_ group: String) -> [String] {
        let names = group.split(separator: "/")
        // A path that leads out of what is mounted here ("/../x") names no directory of ours.
        guard !names.contains("..") else { return [""] }
        // Deeper than anybody nests; an end for a file that was made to be long.
        let depth = min(names.count, 64)
        return (0...depth).reversed().map { count in names.prefix(count).map { "/" + $0 }.joined() }
    }

    /// The processors of a `cpu.max`: "quota period", or "max period" for no limit. Nil when there is none.
    static func processors(inMaximum text: String) -> Int? {
        let fields = text.trimmed.split(separator: " ", omittingEmptySubsequences: true)
        guard fields.count == 2 else { return nil }
        return processors(quota: String(fields[0]), period: String(fields[1]))
    }

    /// Quota by period, rounded up: half a processor is one. Nil when there is no limit (-1, "max") or no sense.
    static func processors(quota: String, period: String) -> Int? {
        guard let quota = Int(quota.trimmed), let period = Int(period.trimmed), quota > 0, period > 0 else {
            return nil
        }
        let (whole, rest) = quota.quotientAndRemainder(dividingBy: period)
        return whole + (rest > 0 ? 1 : 0)
    }
}
