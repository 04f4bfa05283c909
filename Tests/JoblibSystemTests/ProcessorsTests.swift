import Testing

@testable import JoblibSystem

@Suite("Processor count")
struct ProcessorsTests {
    private func machine(_ files: [String: String]) throws -> TemporaryDirectory {
        let directory = try TemporaryDirectory()
        for (name, text) in files { try directory.add(text, at: name) }
        return directory
    }

    private func limits(
        _ files: [String: String],
        environment: [String: String] = [:],
        affinity: Int = 0,
        cores: Bool = false
    ) throws -> [ProcessorLimit] {
        let root = try machine(files)
        return Processors.limits(
            onlyPhysicalCores: cores,
            environment: environment,
            root: root.path,
            affinity: affinity
        )
    }

    private func count(
        _ files: [String: String],
        environment: [String: String] = [:],
        affinity: Int = 0,
        cores: Bool = false
    ) throws -> Int {
        let limits = try limits(files, environment: environment, affinity: affinity, cores: cores)
        return try #require(limits.map(\.count).min())
    }

    private let eight = ["sys/devices/system/cpu/online": "0-7\n"]

    @Test("This machine has at least one processor, and the answer is the smallest limit")
    func thisMachine() {
        let limits = Processors.limits(environment: [:])
        #expect(limits.first?.source == "online processors")
        #expect(Processors.available(environment: [:]) == limits.map(\.count).min())
        #expect(Processors.available(environment: [:]) >= 1)
        #expect((1...Processors.available(environment: [:])).contains(Processors.available(onlyPhysicalCores: true)))
    }

    @Test("Without any limit, all processors that are on count")
    func noLimit() throws {
        #expect(try count(eight) == 8)
        #expect(try count(["sys/devices/system/cpu/online": "0-2,4,6-7"]) == 6)
    }

    @Test("Affinity limits the count")
    func affinity() throws {
        #expect(try count(eight, affinity: 3) == 3)
        #expect(try count(eight, affinity: 16) == 8)
    }

    @Test(
        "A quota is rounded up to whole processors",
        arguments: [("400000 100000", 4), ("150000 100000", 2), ("1000 100000", 1), ("100000 100000\n", 1)]
    )
    func quota(text: String, expected: Int) throws {
        #expect(try count(eight.merging(["sys/fs/cgroup/cpu.max": text]) { $1 }) == expected)
    }

    @Test(
        "A quota without sense or without limit is no limit",
        arguments: [
            "max 100000", "max", "", "\n", "x y", "100000", "100000 0", "0 100000", "-1 100000", "1 2 3",
            "99999999999999999999 100000", "9223372036854775807 1",
        ]
    )
    func malformedQuota(text: String) throws {
        #expect(try count(eight.merging(["sys/fs/cgroup/cpu.max": text]) { $1 }) == 8)
    }

    @Test("The process's own group and each group around it limit the count, and the limit names its file")
    func nestedGroups() throws {
        let files = eight.merging([
            "proc/self/cgroup": "0::/slice/service/app\n",
            "sys/fs/cgroup/slice/cpu.max": "200000 100000",
            "sys/fs/cgroup/slice/service/cpu.max": "max 100000",
            "sys/fs/cgroup/slice/service/app/cpu.max": "600000 100000",
            "sys/fs/cgroup/other/cpu.max": "100000 100000",
        ]) { $1 }
        let limits = try limits(files)
        #expect(limits.count == 3)
        let smallest = try #require(limits.min { $0.count < $1.count })
        #expect(smallest == ProcessorLimit(source: "cgroup v2 /sys/fs/cgroup/slice/cpu.max", count: 2))
    }

    @Test("A container that sees its group at the root, under a path from outside, is limited")
    func containerWithForeignPath() throws {
        let files = [
            "proc/self/cgroup": "0::/system.slice/docker-abc.scope\n", "sys/fs/cgroup/cpu.max": "300000 100000",
        ]
        #expect(try count(eight.merging(files) { $1 }) == 3)
        let outside = ["proc/self/cgroup": "0::/../../x\n", "sys/fs/cgroup/cpu.max": "300000 100000"]
        #expect(try count(eight.merging(outside) { $1 }) == 3)
    }

    @Test("Version 1 groups limit the count, wherever the controller is mounted", arguments: ["cpu", "cpu,cpuacct"])
    func versionOne(mount: String) throws {
        let files = eight.merging([
            "proc/self/cgroup": "7:memory:/batch\n4:cpu,cpuacct:/batch/job1\n1:name=systemd:/x:y\n",
            "sys/fs/cgroup/\(mount)/batch/job1/cpu.cfs_quota_us": "-1\n",
            "sys/fs/cgroup/\(mount)/batch/job1/cpu.cfs_period_us": "100000\n",
            "sys/fs/cgroup/\(mount)/batch/cpu.cfs_quota_us": "250000\n",
            "sys/fs/cgroup/\(mount)/batch/cpu.cfs_period_us": "100000\n",
        ]) { $1 }
        let limits = try limits(files)
        #expect(
            limits.last
                == ProcessorLimit(source: "cgroup v1 /sys/fs/cgroup/\(mount)/batch/cpu.cfs_quota_us", count: 3)
        )
    }

    @Test(
        "JOBLIB_MAX_CPU_COUNT lowers the count, never below 1, and is not believed when it is no number",
        arguments: [("4", 4), (" 2\n", 2), ("100", 8), ("0", 1), ("-3", 1), ("", 8), ("all", 8), ("2.5", 8)]
    )
    func variable(value: String, expected: Int) throws {
        #expect(try count(eight, environment: ["JOBLIB_MAX_CPU_COUNT": value]) == expected)
    }

    @Test("Physical cores are counted once for all processors that share them")
    func physicalCores() throws {
        var files = eight
        for processor in 0..<8 {
            files["sys/devices/system/cpu/cpu\(processor)/topology/physical_package_id"] = "\(processor / 4)\n"
            files["sys/devices/system/cpu/cpu\(processor)/topology/core_id"] = "\(processor % 2)\n"
        }
        #expect(try count(files, cores: true) == 4)
        #expect(try count(files, cores: false) == 8)
        #expect(try limits(files, cores: true).last?.source == "physical cores")
    }

    @Test("A limit set by the user is not divided into cores")
    func userLimitBeforeCores() throws {
        var files = eight
        files["proc/cpuinfo"] = "physical id\t: 0\ncore id\t\t: 0\n\nphysical id\t: 0\ncore id\t\t: 1\n"
        #expect(try count(files, cores: true) == 2)
        #expect(try count(files, environment: [Processors.variable: "6"], cores: true) == 6)
        #expect(try count(files, affinity: 5, cores: true) == 5)
    }

    @Test("Where the system does not tell cores apart, processors are counted")
    func unknownCores() throws {
        #expect(try count(eight, cores: true) == 8)
        #expect(try count(eight.merging(["proc/cpuinfo": "processor : 0\nmodel name : x\n"]) { $1 }, cores: true) == 8)
        var files = eight
        for processor in 0..<8 {
            files["sys/devices/system/cpu/cpu\(processor)/topology/physical_package_id"] = "-1"
            files["sys/devices/system/cpu/cpu\(processor)/topology/core_id"] = "-1"
        }
        #expect(try count(files, cores: true) == 8)
    }

    @Test(
        "A damaged list of processors is not believed",
        arguments: ["", "x", "3-1", "0-", "-1", "0,,1", "0-99999999999", "0-1048576", "1-2-3"]
    )
    func damagedList(text: String) {
        #expect(ProcessorTopology.processors(inList: text) == nil)
    }

    @Test("A group path that never ends is cut")
    func deepGroup() {
        #expect(ControlGroups.withParents(String(repeating: "/a", count: 100_000)).count == 65)
        #expect(ControlGroups.withParents("/") == [""])
        #expect(ControlGroups.withParents("/a/b") == ["/a/b", "/a", ""])
    }
}
