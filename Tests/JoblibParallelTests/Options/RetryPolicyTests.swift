import JoblibParallel
import Testing

@Suite struct RetryPolicyTests {
    private struct Failure: Error {
        var isPassing = true
    }

    @Test("By default nothing is tried again")
    func none() {
        #expect(!RetryPolicy.none.allowsRetry(afterAttempt: 1, reason: .crash, failure: Failure()))
    }

    @Test("A crash and a timeout are tried again as often as was said, a thrown error is not")
    func defaultReasons() {
        let policy = RetryPolicy.times(2)
        #expect(policy.allowsRetry(afterAttempt: 1, reason: .crash, failure: Failure()))
        #expect(policy.allowsRetry(afterAttempt: 2, reason: .timeout, failure: Failure()))
        #expect(!policy.allowsRetry(afterAttempt: 3, reason: .crash, failure: Failure()))
        #expect(!policy.allowsRetry(afterAttempt: 1, reason: .thrown, failure: Failure()))
        #expect(!policy.allowsRetry(afterAttempt: 1, reason: [], failure: Failure()))
    }

    @Test("What is tried again can be chosen")
    func chosenReasons() {
        let policy = RetryPolicy.times(1, on: .thrown)
        #expect(policy.allowsRetry(afterAttempt: 1, reason: .thrown, failure: Failure()))
        #expect(!policy.allowsRetry(afterAttempt: 1, reason: .crash, failure: Failure()))
    }

    @Test("A predicate decides alone, within the number of attempts")
    func predicate() {
        let policy = RetryPolicy(count: 1, backoff: .none, reasons: []) { ($0 as? Failure)?.isPassing == true }
        #expect(policy.allowsRetry(afterAttempt: 1, reason: .thrown, failure: Failure()))
        #expect(!policy.allowsRetry(afterAttempt: 1, reason: .crash, failure: Failure(isPassing: false)))
        #expect(!policy.allowsRetry(afterAttempt: 2, reason: .thrown, failure: Failure()))
    }

    @Test("An exponential delay grows from retry to retry up to its limit")
    func exponential() {
        let policy = RetryPolicy.times(
            9,
            backoff: .exponential(initial: .seconds(1), factor: 2, maximum: .seconds(5), jitter: 0)
        )
        let delays = (1...6).map { policy.delay(beforeAttempt: $0, unit: 0.9) }
        #expect(delays == [.zero, .seconds(1), .seconds(2), .seconds(4), .seconds(5), .seconds(5)])
    }

    @Test("Jitter takes off a part of the delay and never adds to it")
    func jitter() {
        let policy = RetryPolicy.times(
            9,
            backoff: .exponential(initial: .seconds(8), factor: 1, maximum: .seconds(8), jitter: 0.5)
        )
        #expect(policy.delay(beforeAttempt: 2, unit: 0) == .seconds(8))
        #expect(policy.delay(beforeAttempt: 2, unit: 0.5) == .seconds(6))
        #expect(policy.delay(beforeAttempt: .max, unit: 0.75) == .seconds(5))
    }

    @Test("A constant delay stays the same, and no delay is none")
    func constant() {
        let policy = RetryPolicy.times(3, backoff: .constant(.seconds(2)))
        #expect(
            (1...4).map { policy.delay(beforeAttempt: $0, unit: 0) } == [.zero]
                + Array(repeating: .seconds(2), count: 3)
        )
        #expect(RetryPolicy.times(3).delay(beforeAttempt: 3, unit: 0) == .zero)
    }

    @Test("A delay alone is a constant one")
    func duration() {
        for policy in [
            RetryPolicy.times(3, backoff: .seconds(2)),
            .times(3, backoff: .seconds(2), where: { _ in true }),
        ] {
            #expect(policy.delay(beforeAttempt: 2, unit: 0.9) == .seconds(2))
        }
    }

    @Test("No number of attempts and no limit makes a delay trap")
    func extremes() throws {
        let long = RetryPolicy.Backoff.exponential(
            initial: .zero,
            factor: .greatestFiniteMagnitude,
            maximum: .seconds(Int64.max),
            jitter: 1
        )
        #expect(RetryPolicy.times(.max, backoff: long).delay(beforeAttempt: .max, unit: 0) >= .zero)
        let longer = RetryPolicy.Backoff.exponential(initial: .nanoseconds(1), factor: 10, maximum: .seconds(Int64.max))
        let policy = RetryPolicy.times(.max, backoff: longer)
        try policy.validate()
        #expect(policy.delay(beforeAttempt: .max, unit: 0) >= .seconds(1_000_000))
    }

    @Test("A negative number of retries is refused when the call is made")
    func negativeCount() throws {
        try RetryPolicy.times(0).validate()
        let error = try #require(throws: JoblibError.self) { try RetryPolicy.times(-1).validate() }
        #expect(error.code == .invalidArgument)
        #expect(error.message == "retries: .times(-1) cannot be negative")
    }

    @Test(
        "A backoff with numbers that mean nothing is refused by name",
        arguments: [
            (.constant(.seconds(-1)), "delay"),
            (.exponential(initial: .seconds(-1)), "initial"),
            (.exponential(factor: 0.5), "factor"),
            (.exponential(factor: .nan), "factor"),
            (.exponential(factor: .infinity), "factor"),
            (.exponential(maximum: .zero), "maximum"),
            (.exponential(jitter: 1.5), "jitter"),
            (.exponential(jitter: .nan), "jitter"),
        ] as [(RetryPolicy.Backoff, String)]
    )
    func invalidBackoff(backoff: RetryPolicy.Backoff, parameter: String) throws {
        let error = try #require(throws: JoblibError.self) { try RetryPolicy.times(1, backoff: backoff).validate() }
        #expect(error.message.hasPrefix("retries: the backoff's \(parameter) "))
    }

    @Test(
        "The backoffs with default numbers are valid",
        arguments: [.none, .constant(.zero), .exponential()] as [RetryPolicy.Backoff]
    )
    func validBackoff(backoff: RetryPolicy.Backoff) throws {
        try RetryPolicy.times(1, backoff: backoff).validate()
    }
}
