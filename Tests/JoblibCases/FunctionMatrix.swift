import JoblibSystem

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

func plus(_ value: Int) -> Int { value + 1 }
func joined(_ left: Int, with right: String) -> String { "\(left)\(right)" }
func three(_ name: String, _ numbers: [Double], _ count: Int) throws -> [String: Int] { [name: numbers.count + count] }
func failing(_ value: Int) throws -> Int { throw Failure(value: value) }
func fetch(_ value: Int) async throws -> Int {
    await Task.yield()
    return value * 2
}
func identity<Value>(_ value: Value) -> Value { value }
func twice<Value: Numeric>(_ value: Value) -> Value { value + value }
func text<Value: CustomStringConvertible>(_ value: Value) -> String { "<" + value.description + ">" }
private func secret(_ value: Int) -> Int { value * 3 }

struct Failure: Error { var value: Int }
struct Forest: Sample {
    var trees: Int
    init(_ trees: Int) { self.trees = trees }
    static var sample: Forest { Forest(5) }
    static func plant(_ count: Int) -> Int { count - 1 }
    func grown() -> Int { trees + 1 }
    func grow(_ by: Int) -> Int { trees + by }
}
final class Counter: Sendable {
    let start: Int
    init(_ start: Int) { self.start = start }
    static func down(_ value: Int) -> Int { value - 2 }
    func count(_ value: Int) -> Int { start + value }
}
enum Shape: Sendable {
    case square(Int)
    case point
}
private struct Hidden: Sample { static var sample: Hidden { Hidden() } }
struct Bag<Item: Sample & Hashable> {
    static func hash(_ item: Item) -> Bool { item.hashValue == item.hashValue }
    func run(_ matrix: FunctionMatrix) {
        matrix.map("closure in a generic type", { (item: Item) in "\(Item.self) \(item)" })
        matrix.map("static method of a generic type", Self.hash)
    }
}

/// Functions of every kind, each with what is to become of it.
struct FunctionMatrix {
    enum Expectation { case travels, refused, either }

    let check: (_ name: String, any FunctionHolder, PortableFunctionResult, Expectation) -> Void

    typealias PortableFunctionResult = Result<(PortableType, PortableFunction), any Error>

    @inline(never)
    func take<Holder: FunctionHolder>(_ name: String, _ holder: Holder, _ expected: Expectation) {
        let result = PortableFunctionResult {
            (try PortableType(Holder.self), try PortableFunction(functionHeldBy: holder))
        }
        check(name, holder, result, expected)
    }

    func map<E: Sample, R>(_ name: String, expect: Expectation = .travels, _ body: @escaping @Sendable (E) throws -> R)
    {
        take(name, MapBody(body: body), expect)
        take(name + ", wrapped in generic code", ThunkBody { try body(.sample) }, expect)
        take(name + ", delayed", DelayedBody(body: body), expect)
        take(name + ", as asynchronous", AsyncBody { "\(try body($0))" }, expect)
    }

    func sharing<E: Sample, S: Sample, R>(_ name: String, _ body: @escaping @Sendable (E, S) throws -> R) {
        take(name, SharingBody(body: body), .travels)
    }

    func asynchronous<E: Sample, R: Sendable>(
        _ name: String,
        expect: Expectation = .travels,
        _ body: @escaping @Sendable (E) async throws -> R
    ) {
        take(name, AsyncBody(body: body), expect)
    }

    func delayed<each A: Sample, R>(_ name: String, _ body: @escaping @Sendable (repeat each A) throws -> R) {
        take(name, DelayedBody(body: body), .travels)
    }

    func run() {
        closures()
        functions()
        asynchronousFunctions()
        generics()
        captures(Int(CurrentProcess.identifier))
        deep(plus, levels: 6)
    }

    private func closures() {
        map("closure") { (value: Int) in value + 1 }
        map("closure of a text") { (value: String) in value.count }
        map("closure of an array") { (values: [[Double]]) in values.joined().reduce(0, +) }
        map("closure of a dictionary") { (value: [String: [Int]?]) in value }
        map("closure without a result") { (value: Int) in _ = value }
        map("closure that gives a type") { (value: Int) in Int.self }
        map("closure that gives a closure") { (value: Int) in { value }() }
        sharing("closure with a shared value") { (value: Int, shared: [String]) in "\(value)\(shared)" }
        delayed("closure of two") { (left: Int, right: [String: Int]) in left + right.count }
        delayed("closure of none") { 3 }
    }

    private func functions() {
        map("function", plus)
        map("private function", secret)
        map("function with a conversion", plus as @Sendable (Int) -> Int?)
        delayed("function with labels", joined)
        delayed("function of three", three)
        map("static method", Forest.plant)
        map("static method of a class", Counter.down)
        map("initialiser", Forest.init(_:))
        map("method of its argument") { (forest: Forest) in forest.grown() }
        map("case", Shape.square)
        delayed("infix operator", (+) as @Sendable (Int, Int) -> Int)
        delayed("operator of texts", (+) as @Sendable (String, String) -> String)
        map("C function", sqrt as @Sendable (Double) -> Double)
        map("key path", expect: .either, \String.count)
    }

    private func asynchronousFunctions() {
        asynchronous("asynchronous closure") { (value: Int) in try await fetch(value) }
        asynchronous("asynchronous closure that never waits") { (value: Int) in value + 2 }
        asynchronous("asynchronous function", fetch)
        asynchronous("function as an asynchronous one", plus)
        asynchronous("generic function as an asynchronous one", twice as @Sendable (Int) -> Int)
        let step = Int(CurrentProcess.identifier)
        asynchronous("asynchronous closure with a capture", expect: .refused) { (value: Int) in value + step }
    }

    private func generics() {
        map("generic function", identity as @Sendable (Int) -> Int)
        map("generic function of a text", identity as @Sendable (String) -> String)
        map("generic function with a constraint", twice as @Sendable (Double) -> Double)
        map("generic function with a conformance", text as @Sendable (Int) -> String)
        inGenericCode(Int.self)
        inGenericCode(String.self)
        inGenericCode([String: [Int]].self)
        Bag<String>().run(self)
        Bag<[Int?]>().run(self)
        take("private type", MapBody { (value: Hidden) in 1 }, .refused)
    }

    private func inGenericCode<Value: Sample>(_: Value.Type) {
        map("closure in generic code") { (value: Int) in "\(value) \(Value.self)" }
        map("closure of a parameter's type") { (value: Value) in "\(value)" }
        asynchronous("asynchronous closure in generic code") { (value: Value) in "\(value)" }
    }

    @inline(never)
    private func captures(_ step: Int) {
        let numbers = [step, step]
        let name = "\(step)"
        let counter = Counter(step)
        map("closure with a number", expect: .refused) { (value: Int) in value + step }
        map("closure with an array", expect: .refused) { (value: Int) in value + numbers.count }
        map("closure with a text", expect: .refused) { (value: Int) in "\(value)" + name }
        map("closure with several values", expect: .refused) { (value: Int) in "\(value)" + name + "\(numbers)" }
        map("closure with an object", expect: .refused) { (value: Int) in value + counter.start }
        map("method of a value", expect: .refused, Forest(step).grow)
        map("method of an object", expect: .refused, counter.count)
        holding(plus, secret)
        holding({ $0 + 5 }, Forest.plant)
    }

    @inline(never)
    private func holding(_ first: @escaping @Sendable (Int) -> Int, _ second: @escaping @Sendable (Int) throws -> Int) {
        map("closure with a function") { (value: Int) in first(value) + 1 }
        map("closure with two functions") { (value: Int) in first(try second(value)) }
        map("function passed on", first)
        asynchronous("function passed on as an asynchronous one", first)
        let third: @Sendable (Int) throws -> Int = { try second(first($0)) }
        map("closure with a closure with functions") { (value: Int) in try third(first(value)) }
    }

    @inline(never)
    private func deep(_ function: @escaping @Sendable (Int) -> Int, levels: Int) {
        if levels == 0 {
            map("closures in closures in closures", function)
        } else {
            deep({ function($0) + 1 }, levels: levels - 1)
        }
    }
}
