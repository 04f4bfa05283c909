import Foundation

/// The settings in a file of lines such as `port = 8080`.
///
/// The parser of a Friday afternoon: it reads the files that its author had in mind. Five mistakes are in it, each of which
/// ends the process or keeps it busy for ever.
struct Settings: Codable, Sendable {
    private(set) var values: [String: String] = [:]
    private(set) var cacheBytes = 0
    private(set) var port = 80

    init(contentsOf path: String) throws {
        var files = [path]
        // Mistake 1: a file may include itself.
        while let file = files.popLast() {
            let text = try String(contentsOfFile: file, encoding: .utf8)
            for line in text.split(separator: "\n") where !line.hasPrefix("#") {
                let parts = line.split(separator: " = ").map(String.init)
                // Mistake 2: not every line has a " = ".
                try set(parts[0], to: parts[1])
                if parts[0] == "include" { files.append((file as NSString).deletingLastPathComponent + "/" + parts[1]) }
            }
        }
        values = values.mapValues { expanded($0) }
    }

    mutating func set(_ key: String, to value: String) throws {
        switch key {
        case "cache": cacheBytes = byteCount(value)
        case "port":
            guard let number = Int(value) else { throw SettingsError.notANumber(key: key, value: value) }
            port = number
        default: break
        }
        values[key] = value
    }

    func byteCount(_ text: String) -> Int {
        let count = Int(text.dropLast()) ?? 0
        switch text.last {
        // Mistake 3: there are numbers too large for this.
        case "G": return count * 1_073_741_824
        case "M": return count * 1_048_576
        // Mistake 4: there are more units than these.
        default: fatalError("\(text) has an unknown unit")
        }
    }

    /// The text with the values of other settings in place of `${name}`.
    func expanded(_ text: String) -> String {
        guard let start = text.range(of: "${"), let end = text.range(of: "}", range: start.upperBound..<text.endIndex)
        else { return text }
        // Mistake 5: a value may name itself.
        let value = expanded(values[String(text[start.upperBound..<end.lowerBound])] ?? "")
        return text[..<start.lowerBound] + value + expanded(String(text[end.upperBound...]))
    }
}

/// What the author has thought of; `Codable`, so that it comes back whole from a worker process.
enum SettingsError: Error, Codable, CustomStringConvertible {
    case notANumber(key: String, value: String)

    var description: String {
        switch self {
        case .notANumber(let key, let value): "\(key) is “\(value)”, which is not a number"
        }
    }
}
