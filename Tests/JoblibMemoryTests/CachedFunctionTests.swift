import JoblibParallel
import Testing

@testable import JoblibMemory

@Suite("Cached functions")
struct CachedFunctionTests {
    let directory = try! TemporaryDirectory()

    func memory(verbose: Int = 0) throws -> Memory {
        try Memory(location: directory.path, verbose: verbose)
    }

    @Test("A function is called once for each set of arguments")
    func oncePerArguments() throws {
        let calls = Counter()
        let memory = try memory()
        let add = memory.cached({ (a: Int, b: Int) in calls.add(a + b) }, as: "add")
        #expect(try add(1, 2) == 3)
        #expect(try add(1, 2) == 3)
        #expect(try add(2, 1) == 3)
        #expect(calls.count == 2)
        #expect(memory.statistics.hits == 1 && memory.statistics.misses == 2)
    }
}
