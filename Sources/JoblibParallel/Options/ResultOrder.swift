/// The order in which a stream hands out its results.
///
/// ```swift
/// for try await page in Parallel(jobs: 8).stream(urls, order: .completion, fetch) { show(page) }
/// ```
public enum ResultOrder: Sendable, Hashable {
    /// The order of the input: a result waits until those before it are there.
    case submission
    /// Each result as soon as it is there.
    case completion
}
