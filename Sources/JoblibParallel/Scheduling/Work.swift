/// What is to be done with each element of the input, and how to name it in messages.
struct Work<Element: Sendable, Output: Sendable>: Sendable {
    enum Body: Sendable {
        case blocking(@Sendable (Element) throws -> Output)
        case asynchronous(@Sendable (Element) async throws -> Output)
    }

    let body: Body
    /// Names the call on one element; used only once something failed.
    let describe: @Sendable (Element) -> TaskCall
}
