import Foundation
import Testing

@testable import JoblibSystem

/// The shapes in which the library holds what a user passes.
private struct Held<each Argument: Sendable, Result: Sendable> {
    let body: @Sendable (repeat each Argument) throws -> Result

    func call(_ argument: repeat each Argument) throws -> Result { try body(repeat each argument) }
}

private struct HeldAsync<Argument: Sendable, Result: Sendable> {
    let body: @Sendable (Argument) async throws -> Result
}

private struct PortableForest: Sendable {
    var trees: Int
    func grow(_ by: Int) -> Int { trees + by }
}

private final class PortableCounter: Sendable {
    let start: Int
    init(_ start: Int) { self.start = start }
    func count(_ value: Int) -> Int { start + value }
}

private func plusOne(_ value: Int) -> Int { value + 1 }
private func same<Value>(_ value: Value) -> Value { value }

@Suite("Functions for other processes")
struct PortableFunctionTests {
    /// A number that the compiler does not know.
    private let step = Int(CurrentProcess.identifier)

    private func bytes(of function: PortableFunction) -> [UInt8] {
        var bytes: [UInt8] = []
        function.write(to: &bytes)
        return bytes
    }

    /// What arrives of a function that is written, read and made again.
    private func roundTrip<each A: Sendable, R: Sendable>(
        _ body: @escaping @Sendable (repeat each A) throws -> R
    ) throws -> Held<repeat each A, R> {
        let held = Held(body: body)
        let function = try PortableFunction(functionHeldBy: held)
        var bytes = bytes(of: function)[...]
        let read = try PortableFunction(reading: &bytes)
        #expect(bytes.isEmpty)
        #expect(read == function)
        return try read.rebuild(as: Held<repeat each A, R>.self)
    }

    private func refusal<each A: Sendable, R: Sendable>(
        _ body: @escaping @Sendable (repeat each A) throws -> R
    ) -> RefusedFunction? {
        do throws(RefusedFunction) {
            _ = try PortableFunction(functionHeldBy: Held(body: body))
            return nil
        } catch {
            return error
        }
    }

    @Test("Functions of every kind travel to a worker of the same program, or are refused")
    func matrix() throws {
        let run = try CaseProgram.run(["functions"])
        #expect(run.status == .exited(0), "\(run.output)")
    }

    @Test("A function without captures is the same function again")
    func plain() throws {
        #expect(try roundTrip { (value: Int) in value * 2 }.call(4) == 8)
        #expect(try roundTrip(plusOne).call(4) == 5)
        #expect(try roundTrip(same as @Sendable (String) -> String).call("text") == "text")
        #expect(try roundTrip { (left: Int, right: [String]) in right + ["\(left)"] }.call(1, ["a"]) == ["a", "1"])
        #expect(try roundTrip(sqrt as @Sendable (Double) -> Double).call(2.25) == 1.5)
        #expect(try roundTrip { 3 }.call() == 3)
    }

    @Test("An asynchronous function is the same function again")
    func asynchronous() async throws {
        let held = HeldAsync { (value: Int) in
            await Task.yield()
            return value + 1
        }
        let function = try PortableFunction(functionHeldBy: held)
        #expect(function.isPlain)
        var bytes = bytes(of: function)[...]
        let made = try PortableFunction(reading: &bytes).rebuild(as: HeldAsync<Int, Int>.self)
        #expect(try await made.body(1) == 2)
        let thunk = try PortableFunction(functionHeldBy: HeldAsync(body: plusOne)).rebuild(as: HeldAsync<Int, Int>.self)
        #expect(try await thunk.body(1) == 2)
    }

    @Test("Equal functions are equal, and made once")
    func equality() throws {
        let first = try PortableFunction(functionHeldBy: Held(body: plusOne))
        #expect(
            try PortableFunction(functionHeldBy: Held(body: plusOne)) != PortableFunction(functionHeldBy: Held { 1 })
        )
        let contexts = try (0..<100).map { _ in
            let made = try first.rebuild(as: Held<Int, Int>.self)
            // Safe: two words.
            return unsafe withUnsafeBytes(of: made) { unsafe $0.load(fromByteOffset: 8, as: UInt.self) }
        }
        #expect(Set(contexts).count == 1)
    }

    @Test("A capture is refused with its type, the function's name and what to do")
    func captures() throws {
        let step = step
        let numbers = Array(repeating: step, count: 3)
        let number = try #require(refusal { (value: Int) in value + step })
        #expect(number.reason == .captures(["Int"]))
        #expect(number.name?.hasSuffix(" in PortableFunctionTests.captures") == true)
        #expect("\(number)".contains("it captures Int, and only code travels"))
        let values = try #require(refusal { (value: Int) in "\(numbers) \(value) \(step)" })
        #expect(values.reason == .captures(["Array<Int>", "Int"]))
        #expect(refusal { (value: Int) in value + numbers.count }?.reason == .captures(["Array<Int>"]))
        // The optimiser may capture what the structure holds in its place.
        let forest = refusal(PortableForest(trees: step).grow)?.reason
        #expect(forest == .captures(["PortableForest"]) || forest == .captures(["a value"]))
        let counter = PortableCounter(step)
        #expect(refusal { (value: Int) in value + counter.start }?.reason == .capturesObject("PortableCounter"))
        #expect(refusal(counter.count)?.reason == .capturesObject("PortableCounter"))
    }

    @Test("A variable that is shared by reference is refused where it is more than a function")
    func sharedVariable() {
        final class Box: @unchecked Sendable { var value = 0 }
        let box = Box()
        #expect(refusal { () in box.value += 1 } != nil)
        nonisolated(unsafe) var count = step
        #expect(refusal { () -> Int in unsafe count } != nil)
        unsafe count += 1
    }

    @Test("A structure that is no function is refused, as source and as result")
    func noFunction() throws {
        #expect(throws: RefusedFunction.self) { try PortableFunction(functionHeldBy: 1) }
        #expect(throws: RefusedFunction.self) { try PortableFunction(functionHeldBy: (8, 0)) }
        #expect(throws: RefusedFunction.self) { try PortableFunction(functionHeldBy: (1, 2, 3)) }
        let function = try PortableFunction(functionHeldBy: Held(body: plusOne))
        #expect(throws: UnusableFunction.self) { try function.rebuild(as: Int.self) }
    }

    @Test("Bytes that are cut off, changed or random give an error or a function of this program, and never trap")
    func hostileBytes() throws {
        var random = SeededRandom(seed: 11)
        let sources: [[UInt8]] = try [
            bytes(of: PortableFunction(functionHeldBy: Held(body: plusOne))),
            bytes(of: PortableFunction(functionHeldBy: Held { (value: Int) in value })),
            bytes(of: PortableFunction(functionHeldBy: Held(body: sqrt as @Sendable (Double) -> Double))),
            bytes(of: PortableFunction(functionHeldBy: HeldAsync(body: plusOne))),
        ]
        for source in sources {
            for count in 0..<source.count {
                var bytes = source.prefix(count)
                #expect(throws: UnusableFunction.self) { try PortableFunction(reading: &bytes) }
            }
            for _ in 0..<3000 {
                var changed = source
                for _ in 0...random.next(upperBound: 3 as UInt) {
                    changed[Int(random.next(upperBound: UInt(changed.count)))] = UInt8(
                        truncatingIfNeeded: random.next()
                    )
                }
                var bytes = changed[...]
                if let function = try? PortableFunction(reading: &bytes) {
                    // Made, and not called: it may be another function of this program.
                    _ = try function.rebuild(as: Held<Int, Int>.self)
                }
            }
        }
        for _ in 0..<5000 {
            var bytes = (0..<random.next(upperBound: 64 as UInt)).map { _ in UInt8(truncatingIfNeeded: random.next()) }[
                ...
            ]
            _ = try? PortableFunction(reading: &bytes)
        }
    }

    @Test("The program's identity is the same whenever it is asked for, and survives its bytes")
    func identity() throws {
        var bytes: [UInt8] = []
        ProgramIdentity.current.write(to: &bytes)
        var rest = bytes[...]
        #expect(ProgramIdentity(reading: &rest) == .current)
        #expect(rest.isEmpty)
        for count in 0..<bytes.count {
            var cut = bytes.prefix(count)
            #expect(ProgramIdentity(reading: &cut) == nil)
        }
        let last = bytes.count - 1
        bytes[last] ^= 1
        var other = bytes[...]
        #expect(ProgramIdentity(reading: &other) != .current)
    }
}

/// Random numbers that are the same in every run.
private struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }
    mutating func next() -> UInt64 {
        // SplitMix64 (Steele, Lea, Flood, 2014).
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}
