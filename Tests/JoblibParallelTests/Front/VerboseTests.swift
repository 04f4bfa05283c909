import Joblib
import Testing

/// Each runs in a process of its own, whose standard error nobody else writes to.
@Suite("joblib's messages on standard error")
struct VerboseTests {
    private static func lines(_ result: ExitTest.Result?) -> [String] {
        let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        return text.split(separator: "\n").map(String.init).filter { $0.hasPrefix("[Parallel") }
    }

    @Test("A threaded call tells its backend, each batch and its end")
    func transcript() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            _ = try Parallel(jobs: 2, verbose: 50, batchSize: 1).map(0..<20) { $0 }
        }
        let lines = Self.lines(result)
        #expect(lines.first == "[Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.")
        #expect(lines.last?.hasPrefix("[Parallel(n_jobs=2)]: Done 20 out of 20 | elapsed:") == true)
        #expect(lines.last?.hasSuffix(" finished") == true)
        #expect(lines.dropFirst().allSatisfy { $0.contains(" out of 20 | elapsed: ") })
        #expect(lines.filter { $0.hasSuffix("finished") }.count == 1)
        #expect(Set(lines.dropFirst().map { $0.prefix { $0 != "|" }.count }).count == 1)
        #expect(!lines.contains { $0.contains("-") && $0.contains("remaining") })
    }

    @Test("A call in the caller tells no backend; an input of unknown length counts tasks")
    func sequential() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            _ = try Parallel(jobs: 1, verbose: 100).map(Stepwise(0..<3)) { $0 }
        }
        let lines = Self.lines(result)
        #expect(lines.first?.hasPrefix("[Parallel(n_jobs=1)]: Done   1 tasks      | elapsed:") == true)
        #expect(lines.last?.hasPrefix("[Parallel(n_jobs=1)]: Done   3 out of   3 | elapsed:") == true)
        #expect(!lines.contains { $0.contains("Using backend") })
    }

    @Test("verbose: 0 and a negative verbose print nothing")
    func silent() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            _ = try Parallel(jobs: 2).map(0..<20) { $0 }
            _ = try Parallel(jobs: 2, verbose: 0).map(0..<20) { $0 }
            _ = try Parallel(jobs: 2, verbose: -1).map(Stepwise(0..<20)) { $0 }
        }
        #expect(Self.lines(result).isEmpty)
    }

    @Test("A call that failed does not claim to have finished")
    func failing() async throws {
        let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
            _ = try? Parallel(jobs: -1, verbose: 100, batchSize: 1).map(0..<20) { if $0 == 3 { throw Broken() } }
            // Nor when the task that failed was the last to end.
            for _ in 0..<20 { _ = try? Parallel(jobs: 2, verbose: 100).map([1]) { _ in throw Broken() } }
        }
        let lines = Self.lines(result)
        #expect(lines.first?.hasPrefix("[Parallel(n_jobs=-1)]: Using backend ThreadingBackend with ") == true)
        #expect(!lines.contains { $0.hasSuffix("finished") })
    }
}
