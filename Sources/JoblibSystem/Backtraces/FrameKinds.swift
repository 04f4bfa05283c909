/// Tells whose a frame is, by the linker's name of its function and by its image.
enum FrameKinds {
    private static let modules = [
        "Joblib", "JoblibParallel", "JoblibSystem", "JoblibCoding", "JoblibPersistence", "JoblibMemory",
        "JoblibDistributed", "JoblibTesting",
    ]
    private static let prefixes = modules.map { "$s\($0.utf8.count)\($0)" }

    /// Libraries of the toolchain that have Swift in their names are Swift's own.
    private static let libraries = [
        "libswift", "libc.so", "libc-", "libpthread", "libstdc++", "libgcc_s", "libdispatch", "libBlocksRuntime",
        "libFoundation", "lib_Foundation", "ld-linux", "ld-musl", "libm.so", "libTesting",
    ]

    /// Swift's own functions where they are linked into the program.
    private static let runtimeNames = [
        "swift_willThrow", "swift_willThrowTyped", "swift_willThrowTypedImpl", "_start", "main", "clone", "clone3",
        "start_thread", "__libc_start_main", "__libc_start_call_main",
    ]

    static func kind(symbol: String?, demangled: String?, image: String) -> RawFrame.Kind {
        guard let symbol else { return isLibrary(image) ? .system : .user }
        if symbol.hasPrefix("joblib_") || prefixes.contains(where: symbol.hasPrefix) { return .package }
        if let demangled, isThunk(demangled) { return .thunk }
        // `$ss` is the module Swift, `$sS` one of its types, `$sSc` its concurrency.
        if symbol.hasPrefix("$ss") || symbol.hasPrefix("$sS") && !symbol.hasPrefix("$sSo") { return .system }
        return runtimeNames.contains(symbol) || isLibrary(image) ? .system : .user
    }

    private static func isLibrary(_ image: String) -> Bool {
        libraries.contains(where: image.hasPrefix)
    }

    /// Functions that only hand a call on.
    private static func isThunk(_ demangled: String) -> Bool {
        FunctionName.unwrapped(demangled[...]).hasPrefix("reabstraction thunk ")
    }
}
