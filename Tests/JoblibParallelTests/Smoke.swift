import Foundation
import Joblib
import Testing

@Test func smoke() throws {
    let roots = try Parallel(jobs: 2)((0..<10).map { delayed(sqrt)(Double($0 * $0)) })
    #expect(roots == (0..<10).map(Double.init))
    #expect(try Parallel(jobs: 4).map(Array(0..<100_000)) { $0 * 2 } == (0..<100_000).map { $0 * 2 })
    #expect(try Parallel(jobs: 4).map(0..<100_000) { $0 * 2 } == (0..<100_000).map { $0 * 2 })
    #expect(try Parallel(jobs: 4).map((0..<1000).lazy.map { $0 + 1 }) { $0 * 2 } == (0..<1000).map { $0 * 2 + 2})
    #expect(try Parallel(jobs: 4).map(0..<1000, sharing: 3) { $0 * $1 } == (0..<1000).map { $0 * 3})
}
@Test func smokeAsync() async throws {
    let a = try await Parallel(jobs: 2)((0..<10).map { delayed(sqrt)(Double($0 * $0)) })
    #expect(a == (0..<10).map(Double.init))
    let b = try await Parallel(jobs: 4).map(0..<100_000) { $0 * 2 }
    #expect(b == (0..<100_000).map { $0 * 2 })
    let c = try await Parallel(jobs: 4).map(0..<100) { x in try await Task.sleep(for: .milliseconds(1)); return x * 2 }
    #expect(c == (0..<100).map { $0 * 2 })
    let d = try await Parallel(jobs: 4).map((0..<100).lazy.map { $0 }) { $0 * 2 }
    #expect(d == (0..<100).map { $0 * 2 })
}
