/// One way to do the work of one case, under the name `case/variant`.
struct Variant: Sendable {
    enum Body: Sendable {
        /// Runs on the main thread: in an asynchronous function the compiler would pick the asynchronous overloads.
        case blocking(@Sendable () throws -> Sample)
        case suspending(@Sendable () async throws -> Sample)
    }

    var name: String
    var body: Body

    static func blocking(_ name: String, _ body: @escaping @Sendable () throws -> Sample) -> Variant {
        Variant(name: name, body: .blocking(body))
    }

    static func suspending(_ name: String, _ body: @escaping @Sendable () async throws -> Sample) -> Variant {
        Variant(name: name, body: .suspending(body))
    }

    static var all: [Variant] {
        SquareRoots.variants + IntegerItems.variants + HeavyItems.variants + Pairs.variants
            + UnevenTasks.variants + ManyCalls.variants + BlockingTasks.variants
            + ProcessCalls.variants + ProcessArrays.variants + ProcessWorkers.variants
    }
}
