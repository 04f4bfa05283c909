internal import CJoblibSystem

/// How many processors this program may use.
package enum Processors {
    /// The environment variable with which a user sets a limit.
    package static let variable = "JOBLIB_MAX_CPU_COUNT"

    /// The variable, if it is set.
    package static var setting: [String: String] { Environment.value(variable).map { [variable: $0] } ?? [:] }

    /// The smallest of all limits: processors that are on, affinity, control groups, `JOBLIB_MAX_CPU_COUNT`.
    ///
    /// Asked anew each time, because a container's limits and a process's affinity may change while it runs.
    ///
    /// - Parameters:
    ///   - onlyPhysicalCores: Counts processors that share a core as one; a limit set by the user is taken as it is.
    ///     Where the system does not tell cores apart, this is the number of processors.
    ///   - environment: Where to look for the variable.
    ///   - root: The directory that stands for "/".
    /// - Returns: At least 1.
    package static func available(
        onlyPhysicalCores: Bool = false,
        environment: [String: String] = setting,
        root: String = "/"
    ) -> Int {
        let limits = limits(onlyPhysicalCores: onlyPhysicalCores, environment: environment, root: root)
        return limits.map(\.count).min() ?? 1
    }

    /// Every limit that applies, the processors that are on first: the smallest count is the answer of `available`.
    ///
    /// - Parameters:
    ///   - onlyPhysicalCores: Adds the number of cores, unless one of the other limits is set by the user.
    ///   - environment: Where to look for `JOBLIB_MAX_CPU_COUNT`.
    ///   - root: The directory that stands for "/".
    package static func limits(
        onlyPhysicalCores: Bool = false,
        environment: [String: String] = setting,
        root: String = "/"
    ) -> [ProcessorLimit] {
        limits(
            onlyPhysicalCores: onlyPhysicalCores,
            environment: environment,
            root: root,
            affinity: Int(joblib_affinity_count())
        )
    }

    /// - Parameter affinity: The number of processors this process may be scheduled on; 0 when not known.
    static func limits(
        onlyPhysicalCores: Bool,
        environment: [String: String],
        root: String,
        affinity: Int
    ) -> [ProcessorLimit] {
        let files = SystemFiles(root: root)
        let topology = ProcessorTopology(files: files)
        let online = ProcessorLimit(source: "online processors", count: topology.onlineCount)
        var limits = [online]
        if affinity > 0 {
            limits.append(ProcessorLimit(source: "processor affinity", count: affinity))
        }
        limits += ControlGroups(files: files).limits
        if let value = environment[variable], let count = Int(value.trimmed) {
            limits.append(ProcessorLimit(source: "environment variable \(variable)", count: count))
        }
        // A limit below the machine's own is the user's word, and is not divided again.
        if onlyPhysicalCores, !limits.contains(where: { $0.count < online.count }), let cores = topology.coreCount {
            limits.append(ProcessorLimit(source: "physical cores", count: cores))
        }
        return limits
    }
}

extension StringProtocol {
    /// Without blanks and line breaks at both ends.
    var trimmed: String {
        var bytes = Substring(self).utf8
        while let first = bytes.first, Self.isBlank(first) { bytes.removeFirst() }
        while let last = bytes.last, Self.isBlank(last) { bytes.removeLast() }
        return String(Substring(bytes))
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || (UInt8(ascii: "\t")...UInt8(ascii: "\r")).contains(byte)
    }
}
