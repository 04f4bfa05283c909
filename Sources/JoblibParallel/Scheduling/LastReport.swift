internal import JoblibSystem

/// The report of the call of this process that ended last.
enum LastReport {
    private static let latest = Lock<(any ReportSource)?>(nil)

    static func store(_ source: any ReportSource) {
        // What was there before is released outside of the lock.
        let previous = latest.withLock { latest -> (any ReportSource)? in
            defer { latest = source }
            return latest
        }
        _ = previous
    }

    static var value: RunReport? { latest.withLock { $0 }?.runReport }
}

/// Something that a report can be made of, when somebody asks for it.
protocol ReportSource: Sendable {
    var runReport: RunReport { get }
}

extension RunReport: ReportSource {
    var runReport: RunReport { self }
}
