import Foundation
import JoblibSystem
import Testing

@testable import JoblibCommand

@Suite("joblib info")
struct InfoTests {
    @Test("The limit that decides is named, and all that apply are listed")
    func limits() {
        let section = InfoReport.processors(
            [
                ProcessorLimit(source: "online processors", count: 16),
                ProcessorLimit(source: "processor affinity", count: 16),
                ProcessorLimit(source: "cgroup v2 /sys/fs/cgroup/app/cpu.max", count: 3),
            ],
            cores: 3
        )
        let lines = InfoReport(sections: [section]).lines(TextStyle(isTerminal: false) { _ in nil })
        #expect(lines[1].hasSuffix("3, by cgroup v2 /sys/fs/cgroup/app/cpu.max"))
        #expect(lines.contains { $0.contains("16 by processor affinity") && !$0.contains("applies") })
        #expect(lines.contains { $0.hasSuffix("cpu.max (applies)") })
        let json = InfoReport(sections: [section]).json.text
        #expect(json.contains("\"available\": 3") && json.contains("\"limitedBy\": \"cgroup v2"))
    }

    @Test("A library that is missing is named with the packages that have it", arguments: SystemLibrary.allCases)
    func missing(library: SystemLibrary) {
        let fact = InfoReport.fact(of: library, presence: .missing)
        #expect(fact.isBad)
        #expect(fact.text?.contains("apt install \(library.debianPackage)") == true)
        #expect(fact.value.text.contains("\"found\": false"))
        let found = InfoReport.fact(of: library, presence: .found(version: "1.2"))
        #expect(!found.isBad && found.text == "found: \(library.name) 1.2")
    }

    @Test("Memory and large pages are read from the system's files")
    func files() throws {
        let folder = try CommandDirectory()
        let pages = folder.path + "/sys/kernel/mm/transparent_hugepage"
        for directory in [pages, folder.path + "/proc"] {
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        }
        try Data("MemTotal:   1024 kB\nMemAvailable:  512 kB\n".utf8).write(
            to: URL(fileURLWithPath: folder.path + "/proc/meminfo")
        )
        try Data("always [madvise] never\n".utf8).write(to: URL(fileURLWithPath: pages + "/enabled"))
        #expect(SystemMemory.availableByteCount(root: folder.path) == 512 << 10)
        #expect(SharedMemory.largePagePolicies(root: folder.path) == ("madvise", nil))
        try Data("MemAvailable: 99999999999999999999 kB\n".utf8)
            .write(to: URL(fileURLWithPath: folder.path + "/proc/meminfo"))
        #expect(SystemMemory.availableByteCount(root: folder.path) == nil)
        #expect(SystemMemory.byteCount() ?? 1 > 0)
    }

    @Test("The program prints sections for people, and the same keys for programs")
    func program() throws {
        let text = try CommandProgram.run(["info"])
        #expect(text.code == 0, "\(text.errors)")
        for title in ["Processors", "Memory", "Backends", "Compression"] { #expect(text.output.contains(title)) }
        #expect(!text.output.contains("\u{1B}"))

        let result = try CommandProgram.run(["info", "--json"], environment: ["JOBLIB_MAX_CPU_COUNT": "1"])
        let json = try #require(
            JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: [String: Any]]
        )
        #expect(
            Set(json.keys) == [
                "system", "processors", "memory", "backends", "sharedMemory", "codecs", "environment",
            ]
        )
        #expect(json["processors"]?["available"] as? Int == 1)
        #expect(json["environment"]?["JOBLIB_MAX_CPU_COUNT"] as? String == "1")
        #expect(json["backends"]?["processesWork"] as? Bool == true)
        #expect(Set(try #require(json["codecs"]).keys) == Set(SystemLibrary.allCases.map(\.name)))
    }

    @Test("A backend that nobody knows is pointed out")
    func unknownBackend() throws {
        let result = try CommandProgram.run(["info"], environment: ["JOBLIB_BACKEND": "gpu"])
        #expect(result.code == 0)
        #expect(result.output.contains("gpu, which JOBLIB_BACKEND names and nobody knows"))
    }
}
