import Foundation
import Testing

@testable import JoblibSystem

/// The shape in which the library holds what a user passes.
private struct Held<each Argument: Sendable, Result: Sendable> {
    let function: @Sendable (repeat each Argument) throws -> Result
}

private struct HeldAsync<Argument: Sendable, Result: Sendable> {
    let function: @Sendable (Argument) async throws -> Result
}

private struct HeldOne {
    let function: @Sendable (Int) throws -> Int
}

private func held<each Argument: Sendable, Result: Sendable>(
    _ function: @escaping @Sendable (repeat each Argument) throws -> Result
) -> Held<repeat each Argument, Result> {
    Held(function: function)
}

func testedSum(_ left: Int, _ right: Int) -> Int { left + right }
func testedScore(data: [Double], count: Int) throws -> Double { Double(count) + data[0] }
private func testedSecret(_ value: Int) -> Int { value * 2 }
func testedFetch(page: Int) async throws -> Int { page }
func testedTwice<Value: Numeric & Sendable>(_ value: Value) -> Value { value + value }

struct TestedForest: Sendable {
    var trees = 3
    func grow(_ by: Int) -> Int { trees + by }
    static func plant(_ count: Int) -> Int { count - 1 }
}

@Suite("Names of functions")
struct FunctionSymbolsTests {
    private func name<Value>(_ value: Value) -> String? {
        ClosureInspection(functionHeldBy: value)?.name
    }

    @Test("A function is named, public, private or generic, with labels where it has them")
    func functions() {
        #expect(name(held(testedSum)) == "testedSum")
        #expect(name(held(testedScore)) == "testedScore(data:count:)")
        #expect(name(held(testedSecret)) == "testedSecret")
        #expect(name(held(testedTwice as @Sendable (Double) -> Double)) == "testedTwice")
        #expect(name(held(sqrt as @Sendable (Double) -> Double)) == "sqrt")
        #expect(name(HeldOne(function: testedSecret)) == "testedSecret")
        #expect(name(HeldOne(function: testedTwice)) == "testedTwice")
    }

    @Test("A closure is named by the function it is written in, whether it captures or not")
    func closures() {
        let step = Int(CurrentProcess.identifier)
        #expect(name(held { (value: Int) in value + 1 })?.hasSuffix(" in FunctionSymbolsTests.closures") == true)
        #expect(name(held { (value: Int) in value + step })?.hasSuffix(" in FunctionSymbolsTests.closures") == true)
        #expect(name(HeldOne { $0 + step })?.hasPrefix("closure #") == true)
    }

    @Test("A method reference is named by its method, or at least by its type when the method was inlined")
    func methods() {
        let forest = TestedForest(trees: Int(CurrentProcess.identifier))
        #expect(name(held(forest.grow))?.contains("TestedForest") == true)
        #expect(name(HeldOne(function: forest.grow))?.contains("TestedForest") == true)
        #if DEBUG && (arch(x86_64) || arch(arm64))
        #expect(name(held(forest.grow)) == "TestedForest.grow")
        #expect(name(held(TestedForest.plant)) == "TestedForest.plant")
        #expect(name(held(TestedForest.init(trees:))) == "TestedForest.init(trees:)")
        #endif
    }

    @Test("Asynchronous functions and closures are named, and a synchronous one used as such")
    func asynchronous() {
        let step = Int(CurrentProcess.identifier)
        #expect(name(HeldAsync(function: testedFetch)) == "testedFetch(page:)")
        #expect(name(HeldAsync(function: testedSecret)) == "testedSecret")
        let closure = HeldAsync { (page: Int) in try await testedFetch(page: page + step) }
        #expect(name(closure)?.hasSuffix(" in FunctionSymbolsTests.asynchronous") == true)
    }

    private func inGenericCode<Value: Sendable>(_ function: @escaping @Sendable (Value) -> Value) -> String? {
        name(held(function))
    }

    @Test("A function passed on by generic code has its name or none, and does no harm")
    func genericContext() {
        let step = Int(CurrentProcess.identifier)
        let found = [inGenericCode(testedSecret), inGenericCode { (value: Int) in value + step }]
        #expect(found[0] == nil || found[0] == "testedSecret")
        #expect(found[1] == nil || found[1]?.hasPrefix("closure #") == true)
    }

    @Test("A value that is not two words is no closure")
    func noClosure() {
        #expect(ClosureInspection(functionHeldBy: 1) == nil)
        #expect(ClosureInspection(functionHeldBy: (1, 2, 3)) == nil)
        #expect(ClosureInspection(functionHeldBy: (0, 0)) == nil)
        // Two words that are no code: looked up, never read.
        #expect(ClosureInspection(functionHeldBy: (8, 8))?.name == nil)
        #expect(ClosureInspection(functionHeldBy: "text and more text")?.name == nil)
    }

    @Test("Addresses without code have no name")
    func addressWithoutCode() {
        for number in [1, 4096, Int.max, -1] {
            // Safe: the number is looked up and never read.
            let name = unsafe UnsafeRawPointer(bitPattern: number).flatMap { unsafe FunctionSymbols.name(at: $0) }
            #expect(name == nil)
        }
    }

    @Test("Names that are not Swift's are left as they are")
    func demangling() {
        #expect(FunctionSymbols.demangled("$s3App3addyS2i_SitF") == "App.add(Swift.Int, Swift.Int) -> Swift.Int")
        #expect(FunctionSymbols.demangled("sqrt") == nil)
        #expect(FunctionSymbols.demangled("") == nil)
    }
}
