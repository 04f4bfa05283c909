internal import Joblib
internal import JoblibParallel

/// Sizes and ages as people read them.
enum SizeText {
    /// A size in bytes: `512 B`, `1.5 KiB`, `12.3 GiB`.
    static func bytes(_ count: Int) -> String {
        var size = Double(count)
        if size.magnitude < 1024 { return "\(count) B" }
        for unit in ["KiB", "MiB", "GiB", "TiB"] {
            size /= 1024
            // 1023.99 would be written as 1024.
            if size.magnitude < 1023.95 { return "\(HumanText.fixed(size, decimals: size < 99.95 ? 1 : 0)) \(unit)" }
        }
        return "\(HumanText.fixed(size / 1024, decimals: 1)) PiB"
    }

    /// A time gone by: `45 s`, `12 min`, `3 h`, `5 d`, `2 y`; whole units, rounded down.
    static func age(_ age: Duration) -> String {
        let seconds = max(0, age.components.seconds)
        return switch seconds {
        case ..<60: "\(seconds) s"
        case ..<3600: "\(seconds / 60) min"
        case ..<86_400: "\(seconds / 3600) h"
        case ..<(2 * 365 * 86_400): "\(seconds / 86_400) d"
        default: "\(seconds / (365 * 86_400)) y"
        }
    }
}
