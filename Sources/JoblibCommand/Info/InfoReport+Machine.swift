internal import ArgumentParser
internal import Foundation
internal import Joblib
internal import JoblibSystem

extension InfoReport {
    /// Looks at this machine.
    static func make() -> InfoReport {
        InfoReport(sections: [
            system(), processors(Processors.limits(), cores: cpuCount(onlyPhysicalCores: true)), memory(), backends(),
            sharedMemory(), codecs(), environment(),
        ])
    }

    private static func system() -> Section {
        let system = ProcessInfo.processInfo.operatingSystemVersionString
        // Its third number is always 0.
        let swift = _SwiftStdlibVersion.current.description.split(separator: ".").prefix(2).joined(separator: ".")
        return Section(
            key: "system",
            title: "System",
            facts: [
                Fact(
                    key: "joblib",
                    value: .string(JoblibTool.configuration.version),
                    label: "joblib",
                    text: "\(JoblibTool.configuration.version), \(build) build"
                ),
                Fact(key: "build", value: .string(build), label: "build"),
                Fact(key: "swift", value: .string(swift), label: "Swift", text: swift),
                Fact(key: "os", value: .string(system), label: "operating system", text: "\(system), \(architecture)"),
                Fact(key: "architecture", value: .string(architecture), label: "architecture"),
            ]
        )
    }

    private static var build: String {
        #if DEBUG
        "debug"
        #else
        "release"
        #endif
    }

    private static var architecture: String {
        #if arch(x86_64)
        "x86_64"
        #elseif arch(arm64)
        "arm64"
        #elseif arch(riscv64)
        "riscv64"
        #else
        "another architecture"
        #endif
    }

    /// - Parameters:
    ///   - limits: All that apply, the machine's own first.
    ///   - cores: How many of the usable processors have a core of their own.
    static func processors(_ limits: [ProcessorLimit], cores: Int) -> Section {
        let count = limits.map(\.count).min() ?? 1
        // Of several that say the same, the machine's own: nothing else took anything away.
        let decisive = limits.firstIndex { $0.count == count }
        var facts = [
            Fact(
                key: "available",
                value: .int(count),
                label: "processors to use",
                text: "\(count)" + (decisive.map { ", by \(limits[$0].source)" } ?? "")
            ),
            Fact(
                key: "limitedBy",
                value: decisive.map { .string(limits[$0].source) } ?? .null,
                label: "limited by"
            ),
            Fact(key: "physicalCores", value: .int(cores), label: "physical cores", text: "\(cores)"),
        ]
        facts += limits.enumerated().map { place, limit in
            Fact(
                key: "",
                value: .null,
                label: place == 0 ? "limits" : "",
                text: "\(limit.count) by \(limit.source)" + (place == decisive ? " (applies)" : "")
            )
        }
        let entries = limits.map { JSONValue.object([("source", .string($0.source)), ("count", .int($0.count))]) }
        facts.append(Fact(key: "limits", value: .array(entries), label: "limits"))
        return Section(key: "processors", title: "Processors", facts: facts)
    }

    private static func memory() -> Section {
        func fact(_ key: String, _ label: String, _ bytes: Int?, none: String) -> Fact {
            Fact(
                key: key,
                value: bytes.map { .int($0) } ?? .null,
                label: label,
                text: bytes.map(SizeText.bytes) ?? none
            )
        }
        let kills = ControlGroupMemory.killCount
        return Section(
            key: "memory",
            title: "Memory",
            facts: [
                fact("totalBytes", "of the machine", SystemMemory.byteCount(), none: "not known"),
                fact("availableBytes", "available now", SystemMemory.availableByteCount(), none: "not known"),
                fact("controlGroupLimitBytes", "limit of the cgroup", ControlGroupMemory.limit, none: "none"),
                Fact(
                    key: "controlGroupKills",
                    value: .int(kills),
                    label: "killed for want of it",
                    text: kills == 0 ? nil : "\(kills) processes of this cgroup",
                    isBad: kills > 0
                ),
            ]
        )
    }

    private static func environment() -> Section {
        let names = ["JOBLIB_BACKEND", "JOBLIB_MAX_CPU_COUNT", "JOBLIB_TEMP_FOLDER", "NO_COLOR"]
        return Section(
            key: "environment",
            title: "Environment variables",
            facts: names.map { name in
                let value = Environment.value(name)
                return Fact(key: name, value: .optional(value), label: name, text: value ?? "not set")
            }
        )
    }
}
