import CJoblibProcessCases
import Foundation
import Joblib

/// Ways for a task to end badly.
enum Deed: String, Codable, Sendable {
    /// An index that an array does not have.
    case trap
    case fatalError
    case exit
    /// A null pointer.
    case null
    case raise
    case kill
    /// Held by a signal, as from a debugger: only a timeout ends it.
    case stop
    case loop
    case overflow
    /// More memory than there is.
    case memory
    case throwing
    case throwingOther
    /// An error whose description crashes.
    case throwingTrap

    @inline(never)
    func perform() throws {
        switch self {
        case .trap: Self.use([1, 2, 3][Self.number(7)])
        case .fatalError: Swift.fatalError("as the test wants it")
        case .exit: Foundation.exit(3)
        case .null:
            // Not safe, which is the point: nothing is mapped there.
            Self.use(unsafe UnsafePointer<Int>(bitPattern: Self.number(8))?.pointee ?? 0)
        case .raise: Foundation.raise(SIGSEGV)
        case .kill: Self.send(SIGKILL)
        case .stop: Self.send(SIGSTOP)
        case .loop: while Self.number(1) == 1 {}
        case .overflow: Self.use(Self.recurse(1))
        case .memory: Self.exhaust()
        case .throwing: throw Mishap(number: 7)
        case .throwingOther: throw PlainMishap(number: 7)
        case .throwingTrap: throw TrappingMishap()
        }
    }

    /// A number that the optimiser does not know.
    @inline(never)
    private static func number(_ number: Int) -> Int {
        CommandLine.arguments.isEmpty ? 0 : number
    }

    @inline(never)
    private static func use(_ number: Int) {
        if number == .min { print(number) }
    }

    private static func send(_ signal: Int32) {
        Foundation.kill(getpid(), signal)
        // The process may run on for a moment.
        while number(1) == 1 {}
    }

    @inline(never)
    private static func recurse(_ depth: Int) -> Int {
        if depth < 0 { return depth }
        return recurse(depth &+ 1) &+ number(1)
    }

    private static func exhaust() {
        joblib_case_end_memory()
        use([Int](repeating: number(1), count: 1 << 28).last ?? 0)
    }
}

/// An error that can travel.
struct Mishap: Error, Codable, Equatable {
    var number: Int
}

/// An error that can't travel itself.
struct PlainMishap: Error, CustomStringConvertible {
    var number: Int
    var description: String { "mishap number \(number)" }
}

/// An error that can't be asked what it is.
struct TrappingMishap: Error, CustomStringConvertible {
    var description: String { Swift.fatalError("no description") }
}
