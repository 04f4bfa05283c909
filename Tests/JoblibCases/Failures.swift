import JoblibSystem

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Ways to fail, each some calls deep. The tests find the lines by their comments.
enum Failures {
    struct Deep: Error { var depth: Int }
    struct Wrapped: Error { var underlying: any Error }
    enum Plain: Error { case plain }

    // The work after each call keeps the optimiser from turning calls into jumps.

    @inline(never)
    static func innermost(_ depth: Int) throws -> Int {
        if depth > 0 { throw Deep(depth: depth) }  // here: throw
        return depth
    }

    @inline(never)
    static func middle(_ depth: Int) throws -> Int {
        try innermost(depth) + CommandLine.arguments.count  // here: middle
    }

    @inline(never)
    static func outermost(_ depth: Int) throws -> Int {
        try middle(depth) * CommandLine.arguments.count  // here: outermost
    }

    @inline(never)
    static func rethrowing(_ depth: Int) throws -> Int {
        do {
            return try outermost(depth) + CommandLine.arguments.count
        } catch {
            Output.note("\(error)")
            throw error  // here: rethrow
        }
    }

    @inline(never)
    static func wrapping(_ depth: Int) throws -> Int {
        do {
            return try outermost(depth) + CommandLine.arguments.count
        } catch {
            throw Wrapped(underlying: error)  // here: wrap
        }
    }

    @inline(never)
    static func typed(_ depth: Int) throws(Plain) -> Int {
        if depth > 0 { throw .plain }  // here: typed
        return depth
    }

    @inline(never)
    static func callingTyped(_ depth: Int) throws -> Int {
        try typed(depth) + CommandLine.arguments.count
    }

    @inline(never)
    static func suspending(_ depth: Int) async throws -> Int {
        await Task.yield()
        return try outermost(depth) + CommandLine.arguments.count  // here: suspending
    }

    @inline(never)
    static func awaiting(_ depth: Int) async throws -> Int {
        try await suspending(depth) + CommandLine.arguments.count  // here: awaiting
    }

    @inline(never)
    static func inClosure(_ depth: Int) throws -> Int {
        try [depth].map { value in
            try innermost(value) + CommandLine.arguments.count  // here: closure
        }.count
    }

    /// Throws after many errors that were caught.
    @inline(never)
    static func afterMany(_ depth: Int) throws -> Int {
        for depth in 1...100 { Output.note("\((try? outermost(depth)) ?? 0)") }
        return try middle(depth) + CommandLine.arguments.count  // here: afterMany
    }

    static func perform(_ what: String) async throws {
        let depth = CommandLine.arguments.count
        switch what {
        case "nested": _ = try outermost(depth)
        case "rethrow": _ = try rethrowing(depth)
        case "wrap": _ = try wrapping(depth)
        case "typed": _ = try callingTyped(depth)
        case "async": _ = try await awaiting(depth)
        case "closure": _ = try inClosure(depth)
        case "many": _ = try afterMany(depth)
        default: Output.exit(64)
        }
    }
}
