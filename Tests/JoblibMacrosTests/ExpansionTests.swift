#if Macros
import SwiftDiagnostics
import Testing

@testable import JoblibMacrosPlugin

@Suite("What macros expand to")
struct ExpansionTests {
    @Test(
        "A delayed call captures nothing",
        arguments: [
            ("#delayed(f(a, b: c))", #"("f(_:b:)", { (p0, p1) in try JoblibMacros._result(of: f(p0, b: p1)) }, a, c)"#),
            ("#delayed(try f())", #"("f", { () in try JoblibMacros._result(of: f()) })"#),
            ("#delayed(m.f(1))", #"("f(self:_:)", { (p0, p1) in try JoblibMacros._result(of: p0.f(p1)) }, m, 1)"#),
            ("#delayed(p0(1))", #"("p0(_:)", { (p_0) in try JoblibMacros._result(of: p0(p_0)) }, 1)"#),
            ("#delayed(T.f(1))", #"("T.f(_:)", { (p0) in try JoblibMacros._result(of: T.f(p0)) }, 1)"#),
            ("#delayed(T.x.f())", #"("f(self:)", { (p0) in try JoblibMacros._result(of: p0.f()) }, T.x)"#),
            ("#delayed(a?.f())", #"("f(self:)", { (p0) in try JoblibMacros._result(of: p0?.f()) }, a)"#),
            ("#delayed(a?.b.f())", #"("f(self:)", { (p0) in try JoblibMacros._result(of: p0?.f()) }, a?.b)"#),
            ("#delayed(try? f(1))", #"("f(_:)", { (p0) in try JoblibMacros._result(of: try? f(p0)) }, 1)"#),
        ]
    )
    func delayed(_ source: String, _ expected: String) throws {
        let expansion = try Expansion(source)
        // Expansions are broken into lines.
        let text = expansion.text.replacing(/\s*\n\s*/, with: " ")
        #expect(text == "JoblibMacros._delayedCall" + expected)
        #expect(expansion.diagnostics.isEmpty)
    }

    @Test(
        "What is no call is refused where it stands",
        arguments: [
            ("#delayed(f)", "f", "is not called", ["#delayed(f())", "delayed(f)"]),
            ("#delayed(a + b)", "+", "'+' is an operator", ["delayed { $0 + $1 }(a, b)"]),
            ("#delayed(3)", "3", "'3' is not one", []),
            ("#delayed(await f())", "await f()", "an async call", []),
            ("#delayed(f(&x))", "&x", "an inout argument", []),
            ("#delayed(f(1) { $0 })", "{ $0 }", "a trailing closure", []),
            ("#delayed(.f(1))", ".f", "needs the type before '.f'", ["#delayed(<#Type#>.f(1))"]),
            ("#delayed(super.f(1))", "super", "cannot call through 'super'", []),
            ("#delayed { 1 }", "#delayed { 1 }", "not a closure", ["delayed { 1 }"]),
        ]
    )
    func refusals(_ source: String, _ place: String, _ message: String, _ repaired: [String]) throws {
        let expansion = try Expansion(source)
        #expect(expansion.message?.contains(message) ?? false, "\(expansion.diagnostics.map(\.message))")
        #expect(expansion.place == place)
        #expect(expansion.repaired == repaired)
    }

    @Test(
        "What cannot be cached is refused where it stands",
        arguments: [
            (#"@Cached(in: m, ignoring: "b") func f(a: Int, c: Bool) -> Int { a }"#, #""b""#, "which has 'a', 'c'"),
            ("@Cached(in: m) func f<T>(a: T) -> Int { 1 }", "<T>", "the generic function 'f'"),
            ("@Cached(in: m) func f(a: some P) -> Int { 1 }", "some P", "the generic function 'f'"),
            ("@Cached(in: m) func f(a: inout Int) -> Int { 1 }", "inout Int", "an inout parameter"),
            ("@Cached(in: m) func f(a: () -> Int) -> Int { 1 }", "() -> Int", "one function from another"),
            ("@Cached(in: m) func f(a: Int) {}", "f", "returns none"),
            ("@Cached(in: m) func f(m: Int) -> Int { m }", "m: Int", "hides 'm'"),
            ("struct S { @Cached(in: m) mutating func f() -> Int { 1 } }", "mutating", "a mutating method"),
            ("actor S { @Cached(in: m) func f() -> Int { 1 } }", "f", "an actor's method"),
            ("struct S<T> { @Cached(in: m) func f() -> Int { 1 } }", "f", "the generic type 'S'"),
            ("struct S { @Cached(in: m) init() { } }", "@Cached(in: m) init() { }", "an initialiser is not one"),
        ]
    )
    func cachedRefusals(_ source: String, _ place: String, _ message: String) throws {
        let expansion = try Expansion(source)
        #expect(expansion.message?.contains(message) ?? false, "\(expansion.diagnostics.map(\.message))")
        #expect(expansion.place == place)
    }

    @Test("A misspelt parameter is corrected")
    func spelling() throws {
        let source = #"@Cached(in: m, ignoring: "verbos") func f(a: Int, verbose: Bool) -> Int { a }"#
        #expect(try Expansion(source).repaired == [source.replacing("verbos\"", with: "verbose\"")])
    }

    @Test("The version is that of the tokens, on every machine")
    func versions() throws {
        func version(_ function: String) throws -> Substring? {
            try Expansion("@Cached(in: m) " + function).text.firstMatch(of: /version: "([0-9a-f]{16})"/)?.1
        }
        let first = try version("func f(a: Int) throws -> Int { a - 1 }")
        #expect(first != nil)
        #expect(try version("func f(a:Int) throws->Int {\n  // one less\n  a - 1\n}") == first)
        #expect(try version("public func f(a: Int) throws -> Int { a - 1 }") == first)
        #expect(try version("func f(a: Int) throws -> Int { a - 2 }") != first)
        #expect(try version("func f(a: Int) throws -> Int { a\n -1 }") != first)
    }
}
#endif
