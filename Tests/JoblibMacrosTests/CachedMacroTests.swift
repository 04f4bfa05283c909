#if Macros
import Foundation
import JoblibMacros
import Synchronization
import Testing

/// Kept in memory, so that nothing is left of it.
private let memory: Memory = {
    // A store in memory refuses no option of these.
    try! Memory(store: InMemoryStore(), verbose: 0)
}()

private enum Calls {
    static let names = Mutex<[String]>([])
    static func note(_ name: String) { names.withLock { $0.append(name) } }
    static func count(_ name: String) -> Int { names.withLock { $0.filter { $0 == name }.count } }
}

@Cached(in: memory, ignoring: "verbose")
private func smoothed(_ signal: [Double], width: Int = 2, verbose: Bool = false) throws -> [Double] {
    Calls.note("smoothed")
    if width == 0 { throw Broken() }
    return signal.map { $0 / Double(width) }
}

@Cached(in: memory)
private func fibonacci(_ number: Int) -> Int {
    Calls.note("fibonacci")
    return number < 2 ? number : fibonacci(number - 1) + fibonacci(number - 2)
}

@Cached(in: memory)
private func answer() async throws -> String {
    Calls.note("answer")
    await Task.yield()
    return "42"
}

@Cached(in: memory)
private func total(of numbers: Int...) async -> Int { numbers.reduce(0, +) }

@Cached(in: memory)
private func careful(_ number: Int) throws(Broken) -> Int {
    Calls.note("careful")
    if number < 0 { throw Broken() }
    return number
}

private struct Unreadable: Codable, Sendable {
    init() {}
    init(from decoder: any Decoder) throws { throw Broken() }
    func encode(to encoder: any Encoder) throws { throw Broken() }
}

@Cached(in: memory)
private func size(_ value: Unreadable) -> Int { 7 }

@Cached(in: memory)
private func strictSize(_ value: Unreadable) throws -> Int { 7 }

extension Forest {
    @Cached(in: memory, ignoring: "log")
    fileprivate func harvested(_ part: Double, log: (any Sendable)? = nil) throws -> Double {
        Calls.note("harvested")
        return Double(trees) * part
    }

    @Cached(in: memory, as: "area", version: 2)
    fileprivate static func area(_ width: Double) throws -> Double {
        Calls.note("area")
        return width * width
    }
}

private enum First {
    @Cached(in: memory, as: "scaled")
    static func scaled(_ number: Int) throws -> Int { number * 2 }
}

private enum Second {
    @Cached(in: memory, as: "scaled")
    static func scaled(_ number: Int) throws -> Int { number * 3 }
}

private enum Third {
    /// As the first one, with other white space.
    @Cached(in: memory, as: "scaled")
    static func scaled(_ number: Int) throws -> Int {
        // And with a comment.
        number * 2
    }
}

@Suite("@Cached", .serialized)
struct CachedMacroTests {
    @Test("A function is computed once for each set of arguments, but for those ignored")
    func once() throws {
        let before = Calls.count("smoothed")
        #expect(try smoothed([2, 4], width: 4) == [0.5, 1])
        #expect(try smoothed([2, 4], width: 4, verbose: true) == [0.5, 1])
        #expect(try smoothed([2, 4]) == [1, 2])
        #expect(try smoothed([2, 4]) == [1, 2])
        #expect(Calls.count("smoothed") == before + 2)
        for _ in 0..<2 { #expect(throws: Broken.self) { try smoothed([], width: 0) } }
        #expect(Calls.count("smoothed") == before + 4)
    }

    @Test("A function that does not throw can be recursive, and computes what cannot be cached")
    func nonthrowing() {
        #expect(fibonacci(30) == 832_040)
        #expect(Calls.count("fibonacci") == 31)
        #expect(size(Unreadable()) == 7)
        #expect(throws: JoblibError.self) { try strictSize(Unreadable()) }
    }

    @Test("Async functions, variadic parameters and typed errors")
    func forms() async throws {
        for _ in 0..<2 { #expect(try await answer() == "42") }
        #expect(Calls.count("answer") == 1)
        for _ in 0..<2 { #expect(await total(of: 1, 2, 3) == 6) }
        for _ in 0..<2 { #expect(try careful(1) == 1) }
        #expect(Calls.count("careful") == 1)
        #expect(throws: Broken.self) { try careful(-1) }
    }

    @Test("A method's result depends on its instance, a static method's does not")
    func methods() throws {
        for _ in 0..<2 {
            #expect(try Forest(trees: 4).harvested(0.5) == 2)
            #expect(try Forest(trees: 8).harvested(0.5, log: "x") == 4)
            #expect(try Forest.area(3) == 9)
        }
        #expect(Calls.count("harvested") == 2)
        #expect(Calls.count("area") == 1)
    }

    @Test("The source is the version, and comments are not source")
    func versions() throws {
        let before = memory.statistics.stored
        for _ in 0..<2 {
            #expect(try First.scaled(5) == 10)
            #expect(try Second.scaled(5) == 15)
            #expect(try Third.scaled(5) == 10)
        }
        #expect(memory.statistics.stored == before + 2)
        let versions = Set(memory.entries().compactMap(\.metadata).filter { $0.function == "scaled" }.map(\.version))
        #expect(versions.count == 2)
    }

    @Test("Results are kept under the function's full name")
    func names() throws {
        _ = try smoothed([1])
        _ = try Forest(trees: 1).harvested(1)
        let names = Set(memory.entries().compactMap(\.metadata?.function))
        #expect(names.contains("JoblibMacrosTests.smoothed(_:width:)"))
        #expect(names.contains("JoblibMacrosTests.Forest.harvested(self:_:)"))
    }

    @Test("Cached functions can be called in tasks of every backend")
    func tasks() throws {
        for backend in backends {
            #expect(
                try Parallel(jobs: 2, backend: backend)((1...3).map { #delayed(smoothed([12], width: $0)) })
                    == [[12], [6], [4]]
            )
        }
    }
}
#endif
