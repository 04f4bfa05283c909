import Foundation

/// How often each word occurs; a word is a run of letters, whatever their case.
struct WordCounts: Codable, Sendable {
    private(set) var counts: [String: Int] = [:]

    var total: Int { counts.values.reduce(0, +) }

    init() {}

    init(of text: String) {
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter }) {
            counts[String(word), default: 0] += 1
        }
    }

    /// Counts the words of a text file.
    init(contentsOf file: URL) throws {
        guard let data = FileManager.default.contents(atPath: file.path) else { throw CountError.unreadable }
        guard !data.contains(0) else { throw CountError.binary }
        guard let text = String(data: data, encoding: .utf8) else { throw CountError.notUTF8 }
        self.init(of: text)
    }

    mutating func add(_ other: WordCounts) {
        counts.merge(other.counts, uniquingKeysWith: +)
    }

    /// The most frequent words, the most frequent first, equally frequent ones in alphabetical order.
    func top(_ count: Int) -> [(word: String, count: Int)] {
        counts.map { (word: $0.key, count: $0.value) }
            .sorted { ($1.count, $0.word) < ($0.count, $1.word) }
            .prefix(count).map { $0 }
    }
}

/// Why the words of a file were not counted; `Codable`, so that it comes back whole from a worker process too.
enum CountError: Error, Codable, CustomStringConvertible {
    case unreadable
    case binary
    case notUTF8

    var description: String {
        switch self {
        case .unreadable: "cannot be read"
        case .binary: "is not text: it has bytes of value 0"
        case .notUTF8: "is not text in UTF-8"
        }
    }
}
