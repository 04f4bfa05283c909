internal import CJoblibSystem

/// A shared library that is loaded when it is needed, so that building needs no part of it. It is never unloaded.
@safe
package struct DynamicLibrary: Sendable {
    // A handle that stays valid for the life of the process.
    private nonisolated(unsafe) let handle: UnsafeMutableRawPointer

    /// Loads the first library that is found; nil when there is none of them.
    ///
    /// - Parameter names: File names, looked for where the system's loader looks, or paths.
    package init?(anyOf names: [String]) {
        for name in names {
            // Safe: the name is only read.
            if let handle = unsafe joblib_library_open(name) {
                unsafe self.handle = handle
                return
            }
        }
        return nil
    }

    /// A function of the library; nil if it has none of that name.
    ///
    /// - Parameters:
    ///   - name: As in C.
    ///   - type: Its type, a `@convention(c)` function as the library's header declares it. Nothing can check that.
    @unsafe
    package func function<Function>(_ name: String, as type: Function.Type) -> Function? {
        precondition(unsafe MemoryLayout<Function>.size == MemoryLayout<UnsafeMutableRawPointer>.size)
        guard let address = unsafe joblib_library_function(handle, name) else { return nil }
        // Safe if the type is the function's, which is the caller's promise.
        return unsafe unsafeBitCast(address, to: type)
    }
}
