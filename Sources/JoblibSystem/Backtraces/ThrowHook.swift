internal import CJoblibSystem

/// Remembers where errors were thrown, for tracebacks: an error itself does not know.
///
/// Installed in worker processes only. A throw then costs less than a microsecond more while a task runs.
package enum ThrowHook {
    /// Has the runtime report throws; false when this one cannot.
    @discardableResult
    package static func install() -> Bool { joblib_throw_hook_install() }

    /// A task begins: throws are remembered from now on, those of earlier tasks are forgotten.
    package static func begin() { joblib_throw_hook_begin() }

    /// A task has ended, after ``backtrace(of:)`` was asked about its error.
    package static func end() { joblib_throw_hook_end() }

    /// The stack from where an error was thrown first; nil when that is not known (any more): the last 32 throws are.
    ///
    /// An error that is caught and thrown again keeps the place where it was thrown first; one that is put into another
    /// error has that one's place.
    package static func backtrace(of error: any Error) -> RawStack? {
        // An existential of an error is one pointer to its box; it is used as a number, to compare. Without the cast, which
        // looks like none, the value in the box would be taken instead.
        let box = unsafe unsafeBitCast(error as any Error, to: UnsafeRawPointer.self)
        // A type is a pointer to its metadata.
        let type = unsafe unsafeBitCast(Swift.type(of: error) as any Any.Type, to: UnsafeRawPointer.self)
        var stack = joblib_stack()
        // Safe: the function compares the pointers and fills the structure.
        guard unsafe joblib_throw_hook_find(box, type, &stack) else { return nil }
        return RawStack(stack, loaded: MappedImage.all())
    }
}
