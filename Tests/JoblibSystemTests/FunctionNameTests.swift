import JoblibSystem
import Testing

@Suite("Readable function names")
struct FunctionNameTests {
    @Test(
        "Functions and methods are named as they are written",
        arguments: [
            ("App.add(Swift.Int, Swift.Int) -> Swift.Int", "add"),
            ("App.now() -> Swift.Int", "now"),
            ("App.hog@Sendable (Swift.String) throws -> Swift.Int", "hog"),
            ("App.score@Sendable (data: Swift.Int, nTest: Swift.Int) -> Swift.Double", "score(data:nTest:)"),
            (
                "App.score(data: Swift.Array<Swift.Double>, nTest: Swift.Int) throws -> Swift.Double",
                "score(data:nTest:)"
            ),
            ("App.fetch(url: Swift.String) async throws -> [Swift.UInt8]", "fetch(url:)"),
            ("App.Q.m(Swift.Int) -> Swift.Int", "Q.m"),
            ("static App.Q.make(from: Swift.Int) -> App.Q", "Q.make(from:)"),
            ("App.Box.add(_: Swift.Int, to: Swift.Int) -> Swift.Int", "Box.add(_:to:)"),
            ("App.Outer.Inner.go(x: Swift.Int) -> Swift.Int", "Outer.Inner.go(x:)"),
            ("App.Q.init(k: Swift.Int) -> App.Q", "Q.init(k:)"),
            ("App.Box.__allocating_init(k: Swift.Int) -> App.Box", "Box.init(k:)"),
            ("App.Q.total.getter : Swift.Int", "Q.total"),
            ("App.Q.subscript.getter : (Swift.Int) -> Swift.Int", "Q.subscript"),
            ("App.twice<A where A: Swift.Numeric>(A) -> A", "twice"),
            ("App.Tree<A>.insert<B>(at: B) -> ()", "Tree.insert(at:)"),
            (
                "App.apply((Swift.Int, Swift.Int) -> Swift.Int, to: Swift.Dictionary<Swift.Int, Swift.Int>) -> ()",
                "apply(_:to:)"
            ),
            ("App.take((a: Swift.Int, b: Swift.Int)) -> ()", "take"),
            ("App.(hidden in _A245F7D936713D3ABD99CAA6D6B51BCE)(Swift.Int) -> Swift.Int", "hidden"),
            ("App.(Secret in _A245).run(files: Swift.Int) -> ()", "Secret.run(files:)"),
            ("App.Q.(helper in _A245)(x: Swift.Int) -> ()", "Q.helper(x:)"),
            ("(extension in App):Swift.Array< where A == Swift.Int>.total(Swift.Int) -> Swift.Int", "Array.total"),
            ("static App.Q.+ infix(App.Q, App.Q) -> App.Q", "Q.+"),
            ("static App.Q.< infix(App.Q, App.Q) -> Swift.Bool", "Q.<"),
            ("App.`two words`(Swift.Int) -> ()", "`two words`"),
            ("@nonobjc __C.sqrt(Swift.Double) -> Swift.Double", "sqrt"),
            ("sqrt", "sqrt"),
        ]
    )
    func functions(demangled: String, expected: String) {
        #expect(FunctionName.readable(demangled: demangled) == expected)
    }

    @Test(
        "Closures are named by their number and the function they are in",
        arguments: [
            (
                "closure #1 @Sendable (Swift.Int) -> Swift.Int in App.run(files: Swift.Array<Swift.Int>) -> ()",
                "closure #1 in run(files:)"
            ),
            (
                "partial apply forwarder for closure #2 (Swift.Int) -> Swift.Int in static App.Main.main() -> ()",
                "closure #2 in Main.main"
            ),
            (
                "closure #1 (Swift.Int) -> Swift.Int in closure #6 (Swift.Int) -> App.P in App.run(files: Swift.Int) -> ()",
                "closure #1 in closure #6 in run(files:)"
            ),
            (
                "closure #1 @Sendable (Swift.Int) -> Swift.Int in App.Q.body.getter : @Sendable (Swift.Int) -> Swift.Int",
                "closure #1 in Q.body"
            ),
            (
                "closure #1 () -> Swift.Int in variable initialization expression of static App.Q.k : Swift.Int",
                "closure #1 in Q.k"
            ),
            (
                "(1) suspend resume partial function for closure #3 () async -> () in App.go() async -> ()",
                "closure #3 in go"
            ),
            (
                "implicit closure #1 @Sendable (Swift.Int) -> Swift.Int in static App.Main.main()",
                "implicit closure #1 in Main.main"
            ),
            (
                "local #1 @Sendable (Swift.Int) -> Swift.Int in App.run(files: Swift.Array<Swift.Int>) -> ()",
                "local in run(files:)"
            ),
            (
                "local #1 (x: Swift.Int) -> Swift.Int in App.run(files: Swift.Array<Swift.Int>) -> ()",
                "local(x:) in run(files:)"
            ),
        ]
    )
    func closures(demangled: String, expected: String) {
        #expect(FunctionName.readable(demangled: demangled) == expected)
    }

    @Test("A reference to a method of an instance names the type")
    func methodReference() {
        let text = """
            partial apply forwarder for implicit closure #3 @Sendable (Swift.Int) -> Swift.Int in implicit closure #2 \
            @Sendable (App.Q) -> @Sendable (Swift.Int) -> Swift.Int in static App.Main.main() -> ()
            """
        #expect(FunctionName.readable(demangled: text) == "a method of Q")
    }

    private static let propagatedFunction = """
        function signature specialization <Arg[2] = [Constant Propagated Function : App.add(Swift.Int, Swift.Int) -> \
        Swift.Int]> of reabstraction thunk helper from @escaping @callee_guaranteed (@unowned Swift.Int) -> (@unowned \
        Swift.Int) to @escaping @callee_guaranteed (@pack_guaranteed @indirect Pack{Swift.Int}) -> (@out Swift.Int)
        """

    private static let propagatedClosure = """
        function signature specialization <Arg[2] = [Closure Propagated : closure #1 (Swift.Int) -> Swift.Int in \
        App.go() -> (), Argument Types : [Swift.Int]]> of reabstraction thunk helper from @callee_guaranteed () -> () \
        to @callee_guaranteed () -> ()
        """

    @Test(
        "What the optimiser makes of a function is named as the function",
        arguments: [
            ("generic specialization <Swift.Int> of App.twice<A where A: Swift.Numeric>(A) -> A", "twice"),
            ("function signature specialization <Arg[1] = Dead> of App.Q.m(Swift.Int) -> Swift.Int", "Q.m"),
            (
                "function signature specialization <Arg[0] = Dead> of generic specialization <Swift.Int> of App.f<A>(x: A) -> A",
                "f(x:)"
            ),
            ("merged App.Q.m(Swift.Int) -> Swift.Int", "Q.m"),
            ("protocol witness for App.P.go(x: Swift.Int) -> () in conformance App.Q : App.P in App", "P.go(x:)"),
            (
                "partial apply forwarder for App.twice<A where A: Swift.Numeric>(A) -> A with unmangled suffix \".14\"",
                "twice"
            ),
            (propagatedFunction, "add"),
            (propagatedClosure, "closure #1 in go"),
        ]
    )
    func specializations(demangled: String, expected: String) {
        #expect(FunctionName.readable(demangled: demangled) == expected)
    }

    @Test(
        "What is no function of a user's has no name",
        arguments: [
            "", " ", "(", ")", "<", "closure #", "$s3App3addyS2i_SitF", "type metadata for App.Q",
            "outlined copy of Swift.String", "reabstraction thunk helper from @callee_guaranteed () -> () to @out ()",
            "partial apply forwarder for reabstraction thunk helper from () -> () to () -> ()", "App.", "App.(",
            "App.f(",
            "function signature specialization <Arg", "function signature specialization <> of reabstraction thunk",
            "(hidden in", "App..f()", "static ", "?", "`", "App.+ () -> ()",
        ]
    )
    func unrecognisable(demangled: String) {
        #expect(FunctionName.readable(demangled: demangled) == nil)
    }

    @Test("Text that was made to be deep or long ends all the same")
    func hostileText() {
        #expect(FunctionName.readable(demangled: String(repeating: "static ", count: 50_000) + "App.f() -> ()") == nil)
        #expect(FunctionName.readable(demangled: String(repeating: "static ", count: 9000) + "App.f() -> ()") == "f")
        let closures = String(repeating: "closure #1 () -> () in ", count: 2000) + "App.f() -> ()"
        #expect(FunctionName.readable(demangled: closures)?.hasPrefix("closure #1 in closure #1") == true)
        _ = FunctionName.readable(demangled: "App.f" + String(repeating: "(", count: 60_000))
        _ = FunctionName.readable(demangled: "App" + String(repeating: ".f", count: 30_000))
    }

    @Test("No part of a true name makes it trap")
    func everyPrefixAndSuffix() {
        let name = """
            function signature specialization <Arg[2] = [Constant Propagated Function : closure #1 (a: Swift.Int) -> \
            Swift.Int in (extension in App):App.Q.(x in _A2).y<A where A: B>(c: A) -> ()]> of reabstraction thunk helper
            """
        for position in name.indices {
            _ = FunctionName.readable(demangled: String(name[position...]))
            _ = FunctionName.readable(demangled: String(name[...position]))
        }
        #expect(FunctionName.readable(demangled: name) == "closure #1 in Q.x.y(c:)")
    }
}
