// What takes too long, and what fails now and then.
import Joblib

// snippet.hide
struct Busy: Error {}

func fetch(_ address: String) throws -> String {
    if TaskContext.current.attempt == 1, address.hasSuffix("b") { throw Busy() }
    return "<\(address)>"
}

let addresses = ["a", "b", "c"]
// snippet.show

// snippet.retries
let retrying = Parallel(
    jobs: 4,
    retries: .times(3, backoff: .exponential(initial: .milliseconds(10)), where: { $0.underlying is Busy })
)
let pages = try retrying.map(addresses) { try fetch($0) }
// snippet.end
precondition(pages == ["<a>", "<b>", "<c>"])

// snippet.timeout
let slow = try Parallel(jobs: 4, timeout: .milliseconds(50)).mapResults([1, 2, 1_000_000_000]) { rounds in
    var sum = 0
    for round in 0..<rounds {
        if round.isMultiple(of: 1024), TaskContext.current.isCancelled { throw CancellationError() }
        sum &+= round
    }
    return sum
}
for case .failure(let failure) in slow {
    print(failure.index, failure.reason)  // 2 timedOut(after: 0.05 seconds)
}
// snippet.end
guard case .failure(let failure) = slow[2] else { preconditionFailure("the long task should have timed out") }
precondition(failure.reason == .timedOut(after: .milliseconds(50)))
