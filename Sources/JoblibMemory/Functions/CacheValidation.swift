/// Whether a stored result may still be used.
///
/// ```swift
/// memory.cached(rates, as: "rates", validation: .expires(after: .seconds(3600)))
/// memory.cached(render, as: "render", validation: .when { $0.duration > .milliseconds(100) })
/// ```
public struct CacheValidation: Sendable {
    enum Rule: Sendable {
        case always
        case expires(Duration)
        case when(@Sendable (CacheMetadata) -> Bool)
    }

    let rule: Rule

    /// A stored result is good until it is removed.
    public static var always: Self { Self(rule: .always) }

    /// A stored result is good for some time after it was computed.
    ///
    /// - Parameter duration: How long; a negative time is refused when the function is called.
    public static func expires(after duration: Duration) -> Self { Self(rule: .expires(duration)) }

    /// A stored result is good if `isValid` says so. If not, the function is called and its result replaces the stored one.
    ///
    /// - Parameter isValid: Gets what is known of the result; called for every hit.
    public static func when(_ isValid: @escaping @Sendable (CacheMetadata) -> Bool) -> Self {
        Self(rule: .when(isValid))
    }
}
