import JoblibParallel
import Testing

@Suite struct BatchSizeTests {
    @Test("A batch has the size that was written, or finds its own")
    func sizes() throws {
        let literal: BatchSize = 64
        #expect(try literal.tasks() == 64)
        #expect(try BatchSize(1).tasks() == 1)
        #expect(try BatchSize.automatic.tasks() == nil)
        #expect("\(literal) \(BatchSize.automatic)" == "64 automatic")
    }

    @Test("A size below one is refused when the call is made", arguments: [0, -1, Int.min])
    func notPositive(size: Int) throws {
        let error = try #require(throws: JoblibError.self) { try BatchSize(size).tasks() }
        #expect(error.code == .invalidArgument)
        #expect(error.message == "batchSize must be .automatic or a positive integer, got: \(size)")
    }
}
