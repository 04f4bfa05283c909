import JoblibParallel
import Testing

@Suite struct BackendOptionsTests {
    @Test("A wish and a demand that contradict each other are refused, all others pass")
    func inconsistent() throws {
        try BackendConstraint.check(prefer: nil, require: nil)
        try BackendConstraint.check(prefer: .processes, require: nil)
        try BackendConstraint.check(prefer: .threads, require: .sharedMemory)
        try BackendConstraint.check(prefer: nil, require: .sharedMemory)
        let error = try #require(throws: JoblibError.self) {
            try BackendConstraint.check(prefer: .processes, require: .sharedMemory)
        }
        #expect(error.code == .inconsistentOptions)
        #expect(error.message == "prefer == .processes and require == .sharedMemory are inconsistent settings")
    }
}
