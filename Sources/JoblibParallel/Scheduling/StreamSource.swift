/// Where a ``ParallelResults`` gets its results from.
protocol StreamSource<Output> {
    associatedtype Output: Sendable

    /// The next results, at least one; `nil` at the end. Blocks.
    ///
    /// - Parameter used: How many of the results given out before have been used up.
    func more(used: Int) throws -> [[Result<Output, TaskFailure>]]?

    /// The next results, at least one; `nil` at the end.
    func moreAsynchronously(used: Int) async throws -> [[Result<Output, TaskFailure>]]?

    /// Nobody reads any more.
    func drop()
}

/// A call whose results are read while it runs.
///
/// Only the reader's steps feed it. That is enough to keep the workers busy: what they may do ahead of the reader is
/// bounded anyway, and each step tops it up.
final class CallStream<Element: Sendable, Output: Sendable>: StreamSource {
    private let make: (_ asynchronous: Bool) throws -> Call<Element, Output>
    private var call: Call<Element, Output>?
    private var isEnded = false

    /// - Parameters:
    ///   - startsNow: False for a call in the reader's own thread, which runs a task when its result is asked for.
    ///   - make: Begins the call, for a reader that suspends or for one that blocks.
    init(startsNow: Bool, make: @escaping (_ asynchronous: Bool) throws -> Call<Element, Output>) throws {
        self.make = make
        if startsNow {
            let call = try make(true)
            self.call = call
            _ = call.advance()
        }
    }

    func more(used: Int) throws -> [[Result<Output, TaskFailure>]]? {
        let call = try started(asynchronous: false)
        var ready = call.core.takeReady(taken: used)
        while ready.isEmpty {
            if isEnded { return nil }
            guard step(call) else { return try end(call) }
            ready = call.core.takeReady()
            if ready.isEmpty { call.wait() }
        }
        // What was used up makes room for more.
        if !isEnded { _ = call.core.plan.isSequential || step(call) }
        return ready
    }

    func moreAsynchronously(used: Int) async throws -> [[Result<Output, TaskFailure>]]? {
        let call = try started(asynchronous: true)
        let core = call.core
        var ready = core.takeReady(taken: used)
        while ready.isEmpty {
            if isEnded { return nil }
            guard step(call) else { return try end(call) }
            ready = core.takeReady()
            if ready.isEmpty { await core.news() }
        }
        if !isEnded { _ = step(call) }
        return ready
    }

    func drop() {
        guard !isEnded else { return }
        isEnded = true
        call?.core.end(.dropped)
        _ = try? call?.core.finish()
    }

    private func started(asynchronous: Bool) throws -> Call<Element, Output> {
        if let call { return call }
        let call = try make(asynchronous)
        self.call = call
        return call
    }

    private func step(_ call: Call<Element, Output>) -> Bool {
        call.core.plan.isSequential ? call.advanceToResult() : call.advance()
    }

    /// After the last step: what came with it first, then the end or what ended the call.
    private func end(_ call: Call<Element, Output>) throws -> [[Result<Output, TaskFailure>]]? {
        let ready = call.core.takeReady()
        if !ready.isEmpty { return ready }
        isEnded = true
        _ = try call.core.finish()
        return nil
    }
}

/// A stream that could not begin: says so to whoever reads it.
struct FailedStream<Output: Sendable>: StreamSource {
    let error: any Error

    func more(used: Int) throws -> [[Result<Output, TaskFailure>]]? { throw error }
    func moreAsynchronously(used: Int) async throws -> [[Result<Output, TaskFailure>]]? { throw error }
    func drop() {}
}
