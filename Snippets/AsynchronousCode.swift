// From asynchronous code.
import Joblib

// snippet.hide
func checksum(_ file: Int) -> Int { file &* 31 }

func fetch(_ address: Int) async throws -> Int {
    await Task.yield()
    return address
}
// snippet.show

// snippet.blocking-body
func checksums(of files: [Int]) async throws -> [Int] {
    // The body may block or compute for long: it runs on own threads, while the caller is suspended.
    try await Parallel(jobs: 4).map(files) { checksum($0) }
}
// snippet.end

// snippet.async-body
func pages(at addresses: [Int]) async throws -> [Int] {
    // The body is asynchronous: at most 16 of them are under way at once.
    try await Parallel(jobs: 16).map(addresses) { try await fetch($0) }
}
// snippet.end
let checked = try await checksums(of: Array(1...10))
let fetched = try await pages(at: Array(1...100))
precondition(checked == (1...10).map { $0 * 31 } && fetched == Array(1...100))

// snippet.cancel
let search = Task {
    try await Parallel(jobs: 4).map(1...1000) { try await fetch($0) }
}
search.cancel()  // the call throws CancellationError
// snippet.end
_ = try? await search.value
