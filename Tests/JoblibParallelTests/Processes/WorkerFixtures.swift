import Foundation
import Joblib
import JoblibSystem
import Synchronization
import Testing

extension Trait where Self == ConditionTrait {
    /// For tests whose own program is started again: on macOS they are a bundle, which another program has loaded.
    static var startsWorkers: Self { .enabled(if: WorkerEntry.isInProgram, "tests are no program of their own here") }
}

// What tasks in worker processes are given and give back. The types are not private and no function's own: a worker, which
// is this test program started again, has to find them by their names.

/// A small structure that travels.
struct Sample: Codable, Sendable, Hashable {
    var name: String
    var values: [Double]
    var next: [Sample] = []
}

/// An error that travels.
struct TravellingError: Error, Codable, Equatable {
    var code: Int
    var reason: String
}

/// An error that does not.
struct HomelyError: Error, CustomStringConvertible {
    var code: Int
    var description: String { "homely error \(code)" }
}

/// A value that can't travel.
struct Unsendable: Sendable {
    var number = 0

    @Sendable
    static func negated(_ value: Unsendable) -> Int { -value.number }
}

/// Ends every process that decodes it but the one that made it.
struct DeadlyToWorkers: Codable, Sendable {
    var process: Int32

    init(process: Int32) { self.process = process }

    init(from decoder: any Decoder) throws {
        process = try decoder.singleValueContainer().decode(Int32.self)
        if process != CurrentProcess.identifier { killSelf() }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(process)
    }
}

/// Decoded without its array, or not at all.
struct PartlyRead: Codable, Sendable {
    enum CodingKeys: CodingKey {
        case number, isReadable, array
    }

    var number: Int
    var isReadable: Bool

    init(number: Int, isReadable: Bool) {
        self.number = number
        self.isReadable = isReadable
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        number = try container.decode(Int.self, forKey: .number)
        isReadable = try container.decode(Bool.self, forKey: .isReadable)
        if !isReadable { throw TravellingError(code: number, reason: "unreadable") }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(number, forKey: .number)
        try container.encode(isReadable, forKey: .isReadable)
        try container.encode([Double](repeating: 1, count: 20_000), forKey: .array)
    }
}

/// Can be encoded only.
struct UnreadableByWorkers: Codable, Sendable {
    init() {}

    init(from decoder: any Decoder) throws { throw TravellingError(code: 1, reason: "not today") }

    func encode(to encoder: any Encoder) throws { _ = encoder.singleValueContainer() }
}

@Sendable
func doubled(_ number: Int) -> Int { number * 2 }

@Sendable
func joined(_ text: String, _ number: Int, _ flag: Bool) -> String { "\(text)\(number)\(flag)" }

@Sendable
func parts(_ dividend: Int, _ divisor: Int) throws -> (quotient: Int, remainder: Int) {
    if divisor == 0 { throw TravellingError(code: dividend, reason: "division by zero") }
    return dividend.quotientAndRemainder(dividingBy: divisor)
}

/// Ends the process that calls it without a word.
func killSelf() -> Never {
    kill(getpid(), SIGKILL)
    while true { sleep(1) }
}

/// What stays in a worker between tasks.
enum WorkerMemory {
    static let initializations = Mutex(0)
    static let hoard = Mutex<[[UInt8]]>([])
}

/// Processes by number.
enum ProcessList {
    /// False once a process is gone and its parent has noticed.
    static func isThere(_ process: Int32) -> Bool { kill(process, 0) == 0 || errno != ESRCH }

    /// Waits until none of them is there; throws when the deadline passes first.
    static func waitUntilGone(_ processes: some Sequence<Int32>) throws {
        let deadline = MonotonicClock.now + 60_000_000_000
        for process in processes {
            while isThere(process) {
                if MonotonicClock.now > deadline { throw DeadlinePassed(awaited: "process \(process) to end", seen: 0) }
                usleep(1000)
            }
        }
    }
}

/// The failure of a task that a blocking call throws.
func taskFailure<R>(of body: () throws -> R) throws -> TaskFailure {
    do {
        _ = try body()
    } catch let failure as TaskFailure {
        return failure
    }
    throw Missing(what: "a TaskFailure")
}

/// The error about options or machinery that a blocking call throws.
func refusal<R>(of body: () throws -> R) throws -> JoblibError {
    do {
        _ = try body()
    } catch let error as JoblibError {
        return error
    }
    throw Missing(what: "a JoblibError")
}
