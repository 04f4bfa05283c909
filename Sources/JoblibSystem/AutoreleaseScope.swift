#if canImport(ObjectiveC)
internal import ObjectiveC
#endif

/// What Objective-C code leaves to the thread's autorelease pool.
package enum AutoreleaseScope {
    /// Runs `body` and frees what it autoreleased, on Darwin; elsewhere just runs it.
    ///
    /// A thread of our own has no pool around it: without this, a batch of 5,000 images would keep all their temporary objects
    /// until the thread ends.
    @inline(__always)
    package static func run<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
        #if canImport(ObjectiveC)
        // By way of a value: whether autoreleasepool passes on what type of error is thrown depends on its version.
        let result = autoreleasepool { () -> Result<R, E> in
            do throws(E) {
                return .success(try body())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
        #else
        return try body()
        #endif
    }
}
