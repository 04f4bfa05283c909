import Joblib

/// When a task ends badly.
enum Moment: String, Codable, Sendable {
    case constructor, initializer, decoding, running, asynchronous, nested, encoding
}

/// An argument that may crash its worker while it is decoded, or later.
struct CrashJob: Codable, Sendable {
    let number: Int
    /// `nil` for a task that ends well.
    let deed: Deed?
    let moment: Moment

    init(number: Int, deed: Deed?, moment: Moment) {
        self.number = number
        self.deed = deed
        self.moment = moment
    }

    private enum CodingKeys: CodingKey {
        case number, deed, moment
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        number = try container.decode(Int.self, forKey: .number)
        deed = try container.decodeIfPresent(Deed.self, forKey: .deed)
        moment = try container.decode(Moment.self, forKey: .moment)
        if moment == .decoding { try deed?.perform() }
    }

    func run() throws -> CrashResult {
        if moment == .running || moment == .asynchronous { try deed?.perform() }
        if moment == .nested { return try runNested() }
        return CrashResult(number: number * 10, deed: moment == .encoding ? deed : nil)
    }

    private func runNested() throws -> CrashResult {
        let numbers = try Parallel(jobs: 2, backend: .threads, batchSize: 1).map(0..<4) { step in
            if step == 2 { try deed?.perform() }
            return number
        }
        return CrashResult(number: numbers.reduce(0, +) / 4 * 10, deed: nil)
    }
}

/// A result that may crash its worker while it is encoded.
struct CrashResult: Codable, Sendable {
    let number: Int
    let deed: Deed?

    init(number: Int, deed: Deed?) {
        self.number = number
        self.deed = deed
    }

    private enum CodingKeys: CodingKey {
        case number
    }

    init(from decoder: any Decoder) throws {
        number = try decoder.container(keyedBy: CodingKeys.self).decode(Int.self, forKey: .number)
        deed = nil
    }

    func encode(to encoder: any Encoder) throws {
        try deed?.perform()
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(number, forKey: .number)
    }
}
