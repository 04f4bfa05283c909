import ArgumentParser

/// When to stop before the inputs end: `now,fail=1`, `soon,fail=10%`, `now,success=1`, `soon,done=100`, `never`.
struct HaltRule: ExpressibleByArgument, Hashable, Sendable {
    enum Event: String, Sendable {
        case fail, success, done
    }

    /// How many tasks of a percentage have to be there: the first one that fails is not yet all of them.
    private static let fewest = 3

    /// Kill what runs; else wait for it.
    let isNow: Bool
    let event: Event?
    /// So many tasks, or such a share of those that have ended.
    private let count: Int
    private let percent: Double?

    static let never = HaltRule(isNow: false, event: nil, count: 0, percent: nil)

    var defaultValueDescription: String { "never" }

    private init(isNow: Bool, event: Event?, count: Int, percent: Double?) {
        (self.isNow, self.event, self.count, self.percent) = (isNow, event, count, percent)
    }

    init?(argument: String) {
        if argument == "never" {
            self = .never
            return
        }
        let parts = argument.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == "now" || parts[0] == "soon" else { return nil }
        let condition = parts[1].split(separator: "=", omittingEmptySubsequences: false)
        guard condition.count == 2, let event = Event(rawValue: String(condition[0])) else { return nil }
        let isNow = parts[0] == "now"
        if condition[1].hasSuffix("%") {
            guard let percent = PlainNumber.read(String(condition[1].dropLast())), percent > 0, percent <= 100 else {
                return nil
            }
            self.init(isNow: isNow, event: event, count: Self.fewest, percent: percent)
        } else {
            guard let count = Int(condition[1]), count > 0 else { return nil }
            self.init(isNow: isNow, event: event, count: count, percent: nil)
        }
    }

    /// Whether it is time.
    func holds(succeeded: Int, failed: Int) -> Bool {
        guard let event else { return false }
        let done = succeeded + failed
        let counted =
            switch event {
            case .fail: failed
            case .success: succeeded
            case .done: done
            }
        guard counted >= count else { return false }
        guard let percent else { return true }
        return Double(counted) * 100 >= percent * Double(done)
    }
}
