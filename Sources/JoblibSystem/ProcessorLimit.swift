/// One thing that says how many processors a program may use, and its number.
package struct ProcessorLimit: Sendable, Hashable {
    /// Where the number is from, for people: "online processors", "cgroup v2 /sys/fs/cgroup/app/cpu.max".
    package var source: String

    /// The number of processors, at least 1.
    package var count: Int

    package init(source: String, count: Int) {
        self.source = source
        self.count = max(count, 1)
    }
}
