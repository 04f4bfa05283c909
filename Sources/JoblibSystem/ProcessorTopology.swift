/// Which processors the machine has, and which of them share a core.
struct ProcessorTopology {
    private let files: SystemFiles

    init(files: SystemFiles) {
        self.files = files
    }

    /// Processors that are switched on.
    var onlineCount: Int {
        #if canImport(Darwin)
        SystemCall.kernelNumber("hw.logicalcpu") ?? SystemCall.onlineProcessors
        #else
        online?.count ?? SystemCall.onlineProcessors
        #endif
    }

    /// Cores with at least one processor that is on; nil when the system does not tell.
    var coreCount: Int? {
        #if canImport(Darwin)
        SystemCall.kernelNumber("hw.physicalcpu")
        #else
        coresFromDirectory ?? files.text("/proc/cpuinfo").flatMap(Self.cores(inProcessorInformation:))
        #endif
    }

    private var online: [Int]? {
        files.text("/sys/devices/system/cpu/online").flatMap(Self.processors(inList:))
    }

    private struct Core: Hashable {
        var package: Int
        var core: Int
    }

    private var coresFromDirectory: Int? {
        guard let online else { return nil }
        var cores: Set<Core> = []
        for processor in online {
            let directory = "/sys/devices/system/cpu/cpu\(processor)/topology/"
            guard let package = files.text(directory + "physical_package_id").flatMap({ Int($0.trimmed) }),
                // Virtual machines that know nothing of cores call each of them -1.
                let core = files.text(directory + "core_id").flatMap({ Int($0.trimmed) }), core >= 0
            else { return nil }
            cores.insert(Core(package: package, core: core))
        }
        return cores.isEmpty ? nil : cores.count
    }

    /// The processors of a list such as "0-3,8,10-11"; nil for anything else.
    static func processors(inList text: String) -> [Int]? {
        // Far more than any machine has: a damaged file must not fill the memory.
        let most = 1 << 20
        var processors: [Int] = []
        for part in text.trimmed.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1],
                0 <= first, first <= last, last < most
            else { return nil }
            processors += first...last
            guard processors.count <= most else { return nil }
        }
        return processors.isEmpty ? nil : processors
    }

    /// The distinct pairs of "physical id" and "core id" in /proc/cpuinfo; nil when it has no such lines.
    static func cores(inProcessorInformation text: String) -> Int? {
        var cores: Set<Core> = []
        var package = 0
        for line in text.split(whereSeparator: \.isNewline) {
            guard let colon = line.firstIndex(of: ":"), let value = Int(line[line.index(after: colon)...].trimmed)
            else { continue }
            switch line[..<colon].trimmed {
            // Of one processor's lines, this one comes before its core; a machine of one package may have none.
            case "physical id": package = value
            case "core id": cores.insert(Core(package: package, core: value))
            default: continue
            }
        }
        return cores.isEmpty ? nil : cores.count
    }
}
