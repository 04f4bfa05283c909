internal import CJoblibSystem

/// Pages of 2 MiB instead of 4 KiB for memory that is about to be filled.
package enum LargePages {
    /// The size of one.
    package static let byteCount = 2 << 20

    /// Asks for them; a hint that the system may ignore.
    ///
    /// - Parameters:
    ///   - memory: Where they are wanted; only whole pages within are touched.
    ///   - byteCount: How far it goes.
    package static func prefer(_ memory: UnsafeMutableRawPointer, byteCount: Int) {
        unsafe joblib_prefer_large_pages(memory, byteCount)
    }
}
