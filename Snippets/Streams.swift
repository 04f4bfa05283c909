// Results while the others are still computed.
import Joblib

// snippet.hide
func page(_ number: Int) -> String { "page \(number)" }
// snippet.show

// snippet.completion
let pages = Parallel(jobs: 4).stream(1...100, order: .completion) { page($0) }
for try await page in pages {
    if page == "page 7" { break }  // letting go of the stream stops the rest
}
// snippet.end

// snippet.blocking
func firstLong(_ texts: [String]) throws -> String? {
    let stream = Parallel(jobs: 4).stream(texts) { $0.uppercased() }  // .submission: the order of the input
    while let text = try stream.next() {
        if text.count > 3 { return text }
    }
    return nil
}
// snippet.end
let long = try firstLong(["a", "long", "tale"])
precondition(long == "LONG")

// snippet.lazy
func firstSquare(leaving rest: Int, by divisor: Int) async throws -> Int? {
    let squares = (1...).lazy.map { $0 * $0 }  // endless: only what is needed is read
    for try await (square, found) in Parallel(jobs: 2).stream(squares, { ($0, $0 % divisor) }) where found == rest {
        return square
    }
    return nil
}
// snippet.end
let square = try await firstSquare(leaving: 50, by: 97)
precondition(square == 729)
