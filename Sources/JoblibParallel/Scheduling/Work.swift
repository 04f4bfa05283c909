/// What is to be done with each element of the input, and how to name it in messages.
struct Work<Element: Sendable, Output: Sendable>: Sendable {
    enum Body: Sendable {
        case blocking(@Sendable (Element) throws -> Output)
        case asynchronous(@Sendable (Element) async throws -> Output)
    }

    let body: Body
    /// Names the call on one element; used only once something failed.
    let describe: @Sendable (Element) -> TaskCall

    static func blocking(
        _ body: @escaping @Sendable (Element) throws -> Output,
        _ describe: @escaping @Sendable (Element) -> TaskCall
    ) -> Work {
        Work(body: .blocking(body), describe: describe)
    }

    static func asynchronous(_ body: @escaping @Sendable (Element) async throws -> Output) -> Work {
        Work(body: .asynchronous(body), describe: { TaskNaming.asynchronousCall($0) })
    }

    var isAsynchronous: Bool {
        if case .asynchronous = body { return true }
        return false
    }
}
