import Foundation
import Testing

@testable import JoblibSystem

#if os(Linux)
@Suite("Where an error was thrown")
struct ThrowHookTests {
    /// The frames of the error that a case throws, and of the one inside of it.
    private func frames(_ what: String) throws -> [[RawFrame]] {
        let (child, socket) = try CaseProgram.worker("throw \(what)")
        var all: [[RawFrame]] = []
        while let frame = try socket.receive().frame {
            let stack = try #require(RawStack(bytes: frame.bytes), "no stack")
            all.append(FrameSelection.visible(Symbolizer.frames(of: stack), .thrown))
        }
        #expect(try child.wait() == .exited(0))
        return all
    }

    private func expect(_ frame: RawFrame?, _ function: String, _ comment: String) throws {
        let frame = try #require(frame)
        #expect(frame.function.hasSuffix("Failures.\(function)"))
        #expect(frame.fileName == "Failures.swift")
        let line = try FailureSource.line(comment, in: "Failures.swift")
        #expect(frame.isAt(line), "\(frame)")
    }

    @Test("An error knows the line that threw it and those that led there", arguments: ["nested", "rethrow"])
    func nested(what: String) throws {
        let frames = try #require(try frames(what).first)
        try #require(frames.count > 3, "\(frames)")
        try expect(frames[0], "innermost", "throw")
        try expect(frames[1], "middle", "middle")
        try expect(frames[2], "outermost", "outermost")
        #expect(frames.contains { $0.function.hasSuffix("Failures.perform") })
    }

    @Test("An error in a wrapper keeps its own place")
    func wrapped() throws {
        let all = try frames("wrap")
        try #require(all.count == 2)
        try expect(all[0].first, "wrapping", "wrap")
        try expect(all[1].first, "innermost", "throw")
    }

    @Test("So do errors that a function with a typed throws has thrown")
    func typed() throws {
        try expect(try frames("typed").first?.first, "typed", "typed")
    }

    @Test("Closures are named by their function, and have a line")
    func closure() throws {
        let frames = try #require(try frames("closure").first)
        try expect(frames.first, "innermost", "throw")
        let line = try FailureSource.line("closure", in: "Failures.swift")
        let closure = try #require(frames.dropFirst().first { $0.isAt(line) }, "\(frames)")
        #expect(closure.function.hasSuffix("Failures.inClosure"))
    }

    @Test("The callers of an async function are known, though they are on no stack")
    func asynchronous() throws {
        let frames = try #require(try frames("async").first)
        try expect(frames.first, "innermost", "throw")
        let names = frames.map(\.function)
        #expect(names.contains { $0.hasSuffix("Failures.suspending") }, "\(frames)")
        #expect(names.contains { $0.hasSuffix("Failures.awaiting") }, "\(frames)")
    }

    @Test("Errors that were caught before do not stand in the way")
    func many() throws {
        let frames = try #require(try frames("many").first)
        try expect(frames.first, "innermost", "throw")
        try expect(frames[2], "afterMany", "afterMany")
    }
}
#endif

@Suite("Stacks on their way")
struct RawStackTests {
    private let stack: RawStack = {
        var stack = RawStack()
        stack.images = [StackImage(path: "/a/b", buildID: [1, 2]), StackImage(path: "", buildID: [])]
        stack.frames = [.init(image: 0, offset: 7), .init(image: nil, offset: .max), .init(image: 1, offset: 0)]
        stack.omitted = 12
        stack.outer = [.init(image: 1, offset: 9)]
        return stack
    }()

    @Test("A stack arrives as it was sent")
    func roundTrip() {
        #expect(RawStack(bytes: stack.bytes) == stack)
        #expect(RawStack(bytes: RawStack().bytes) == RawStack())
    }

    @Test("Anything else is no stack, and does no harm")
    func damage() {
        let bytes = stack.bytes
        for count in bytes.indices { #expect(RawStack(bytes: Array(bytes[..<count])) == nil) }
        #expect(RawStack(bytes: bytes + [0]) == nil)
        var random = SeededNumbers(state: 3)
        for _ in 0..<2000 {
            var damaged = bytes
            damaged[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
            if let stack = RawStack(bytes: damaged) { _ = Symbolizer.frames(of: stack) }
        }
    }
}
