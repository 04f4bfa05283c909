/// One way to do the work of one case, under the name `case/variant`.
public struct Variant: Sendable {
    public enum Body: Sendable {
        /// Runs on the main thread: in an asynchronous function the compiler would pick the asynchronous overloads.
        case blocking(@Sendable () throws -> Sample)
        case suspending(@Sendable () async throws -> Sample)
    }

    public var name: String
    public var body: Body

    public static func blocking(_ name: String, _ body: @escaping @Sendable () throws -> Sample) -> Variant {
        Variant(name: name, body: .blocking(body))
    }

    public static func suspending(_ name: String, _ body: @escaping @Sendable () async throws -> Sample) -> Variant {
        Variant(name: name, body: .suspending(body))
    }
}
