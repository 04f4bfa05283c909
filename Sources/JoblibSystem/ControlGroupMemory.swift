/// The memory of this process's control group (Linux); elsewhere nothing is known.
package enum ControlGroupMemory {
    /// How many processes of the group the kernel has killed for want of memory; 0 where it does not say.
    package static var killCount: Int { killCount(SystemFiles(root: "/")) }

    /// The group's limit in bytes; nil for none.
    package static var limit: Int? { limit(SystemFiles(root: "/")) }

    static func killCount(_ files: SystemFiles) -> Int {
        for directory in directories(files) {
            // Version 2, then version 1: both have a line "oom_kill 3".
            for name in ["memory.events", "memory.oom_control"] {
                guard let text = files.text("\(directory)/\(name)") else { continue }
                for line in text.split(separator: "\n") where line.hasPrefix("oom_kill ") {
                    return Int(line.dropFirst("oom_kill ".count)) ?? 0
                }
            }
        }
        return 0
    }

    static func limit(_ files: SystemFiles) -> Int? {
        for directory in directories(files) {
            for name in ["memory.max", "memory.limit_in_bytes"] {
                guard let text = files.text("\(directory)/\(name)"), let bytes = Int(text.trimmed) else { continue }
                // Version 1 writes "no limit" as the largest number of pages.
                return bytes < 1 << 60 ? bytes : nil
            }
        }
        return nil
    }

    /// Where the group's files may be, the most likely place first.
    private static func directories(_ files: SystemFiles) -> [String] {
        var (unified, memory) = ("", "")
        for line in (files.text("/proc/self/cgroup") ?? "").split(separator: "\n") {
            let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard fields.count == 3 else { continue }
            if fields[0] == "0", fields[1].isEmpty { unified = String(fields[2]) }
            if fields[1].split(separator: ",").contains("memory") { memory = String(fields[2]) }
        }
        // In a container the group's own directory may be mounted as the root.
        return ControlGroups.withParents(memory).map { "/sys/fs/cgroup/memory\($0)" }
            + ControlGroups.withParents(unified).map { "/sys/fs/cgroup\($0)" }
    }
}
