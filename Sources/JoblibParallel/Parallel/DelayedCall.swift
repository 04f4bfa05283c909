/// A function and its arguments, not called yet: the tuple of joblib's `delayed`.
///
/// ```swift
/// let call = delayed(pow)(2, 10)
/// print(call.function, call.arguments)     // pow [2.0, 10.0]
/// let results = try Parallel(jobs: 2)([call])
/// ```
public struct DelayedCall<Output: Sendable>: Sendable {
    @usableFromInline let body: @Sendable () throws -> Output
    /// The arguments, in order.
    public let arguments: [any Sendable]
    /// The function, which also knows how to travel to another process.
    let remote: any RemoteFunction
    /// What the call was written as, where its function is only a closure around it.
    private var writtenName: String?

    init(body: @escaping @Sendable () throws -> Output, arguments: [any Sendable], function: any RemoteFunction) {
        self.body = body
        self.arguments = arguments
        remote = function
    }

    /// The function's name, as in `score(data:nTest:)`; for a closure where it was written, as in `closure #1 in run()`.
    ///
    /// It is looked up in the program's symbols; a stripped program gives `"a function"`.
    public var function: String { writtenName ?? remote.name }

    /// Makes the call, here and now.
    ///
    /// - Throws: What the function throws.
    public func callAsFunction() throws -> Output {
        try body()
    }

    /// The same call, whose function is shown under another name.
    package func named(_ name: String) -> DelayedCall {
        var call = self
        call.writtenName = name
        return call
    }

    /// The call as text.
    @usableFromInline
    var taskCall: TaskCall {
        TaskCall(function: function, arguments: arguments.map { ArgumentText.describe($0) })
    }
}

extension DelayedCall: CustomStringConvertible {
    /// `pow(2.0, 10.0)`.
    public var description: String { taskCall.description }
}
