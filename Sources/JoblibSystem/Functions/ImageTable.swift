internal import CJoblibSystem

/// The images of this process, numbered: the program is 0, and a number keeps its meaning.
///
/// A library that is unloaded (`dlclose`) keeps its number; Swift's runtime does not support unloading Swift code.
package enum ImageTable {
    // Touched with `lock` held only.
    private nonisolated(unsafe) static var images: [LoadedImage] = []
    /// The C library's, which ThreadSanitizer knows. Held for microseconds; what was found is kept by those who asked.
    private static let lock = Monitor()

    /// What two processes must agree on before functions travel between them.
    package static var programIdentity: ImageIdentity {
        image(0)?.identity ?? ImageIdentity(path: "", mark: ImageIdentity.fileMark(of: ""))
    }

    /// Those that were asked for before: asked for once for each function that is made.
    private static let knownBiases = PermanentTable<UInt64>()

    /// What to add to an offset to get an address; nil for an image that is not there.
    static func bias(of number: UInt32) -> UInt64? {
        if let known = knownBiases[UInt(number)] { return known }
        guard let image = image(number) else { return nil }
        knownBiases.insert(image.bias, for: UInt(number))
        return image.bias
    }

    static func image(_ number: UInt32) -> LoadedImage? {
        lock.withLock {
            if unsafe images.isEmpty { refresh() }
            return unsafe Int(number) < images.count ? images[Int(number)] : nil
        }
    }

    /// The image around an address; nil for memory that is no image's, such as code made at run time.
    static func find(_ address: UInt64) -> (number: UInt32, image: LoadedImage)? {
        find { $0.segment(at: address) != nil }
    }

    /// The image of the same build.
    static func find(_ identity: ImageIdentity) -> (number: UInt32, image: LoadedImage)? {
        find { $0.identity == identity }
    }

    private static func find(_ isWanted: (LoadedImage) -> Bool) -> (number: UInt32, image: LoadedImage)? {
        lock.withLock {
            for isFresh in [false, true] {
                if isFresh { refresh() }
                if let index = unsafe images.firstIndex(where: isWanted) {
                    return unsafe (UInt32(index), images[index])
                }
            }
            return nil
        }
    }

    /// Adds what has been loaded since.
    private static func refresh() {
        var found = unsafe [joblib_loaded_image](repeating: joblib_loaded_image(), count: 64)
        while true {
            // Safe: the C function fills in at most that many.
            let count = unsafe joblib_loaded_images(&found, found.count)
            if unsafe count <= found.count {
                unsafe found.removeLast(found.count - count)
                break
            }
            unsafe found = .init(repeating: joblib_loaded_image(), count: count + 16)
        }
        // The program first, wherever the system lists it.
        for isProgram in [true, false] {
            for index in unsafe found.indices where unsafe found[index].is_program == isProgram {
                unsafe add(found[index])
            }
        }
    }

    private static func add(_ image: joblib_loaded_image) {
        guard unsafe image.segment_count > 0 else { return }
        let (bias, start) = unsafe (image.bias, image.segments.0.start)
        // Known by where it lies.
        let isKnown = unsafe images.contains { $0.bias == bias && $0.segment(at: start) != nil }
        if !isKnown { unsafe images.append(LoadedImage(image)) }
    }
}
