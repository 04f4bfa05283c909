import Testing

@testable import JoblibSystem

@Suite("Calls in machine code")
struct MachineCodeTests {
    @Test("Calls and jumps of x86-64 lead to the next instruction plus their distance")
    func x86() {
        #expect(MachineCode.x86Targets([0x90, 0xe8, 0x10, 0, 0, 0], at: 0x1000) == [0x1016])
        #expect(MachineCode.x86Targets([0xe9, 0xfb, 0xff, 0xff, 0xff], at: 0x1000) == [0x1000])
        #expect(MachineCode.x86Targets([0xe8, 0xff, 0xff, 0xff, 0x7f], at: .max) == [0x8000_0003])
        #expect(MachineCode.x86Targets([0xe8, 0, 0, 0], at: 0).isEmpty)
        #expect(MachineCode.x86Targets([], at: 0).isEmpty)
    }

    @Test("Calls and jumps of arm64 lead to the instruction plus their distance in words")
    func arm() {
        // bl +8, b -4, ret
        let code: [UInt8] = [0x02, 0, 0, 0x94, 0xff, 0xff, 0xff, 0x17, 0xc0, 0x03, 0x5f, 0xd6]
        #expect(MachineCode.armTargets(code, at: 0x1000) == [0x1008, 0x1000])
        #expect(MachineCode.armTargets([0, 0, 0x94], at: 0).isEmpty)
        #expect(MachineCode.armTargets([], at: 0).isEmpty)
    }

    @Test("The signature of a reference is the one of the method that it calls")
    func signature() {
        let symbol = """
            partial apply forwarder for implicit closure #3 @Sendable (Swift.Int) -> Swift.Int in implicit closure #2 \
            (App.Q) -> (Swift.Int) -> Swift.Int in App.run() -> ()
            """
        #expect(FunctionReference.signature(in: symbol) == "(Swift.Int) -> Swift.Int")
        #expect(FunctionReference.signature(in: "closure #1 () -> () in App.run() -> ()") == nil)
        #expect(FunctionPath("App.Q.m(x: Swift.Int) -> Swift.Int")?.signature == "(Swift.Int) -> Swift.Int")
        #expect(FunctionPath("App.f(_: Swift.Int, to: Swift.Int) -> ()")?.signature == "(Swift.Int, Swift.Int) -> ()")
    }
}
