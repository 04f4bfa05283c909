internal import CJoblibSystem

/// A stack as addresses of files: it means the same in every process that runs the same program.
package struct RawStack: Sendable, Hashable {
    /// A place in the code of an image.
    package struct Address: Sendable, Hashable {
        /// The image's position in ``images``; nil when the address was in none.
        package var image: Int?
        /// In the image's file, or in memory where there is no image. That of an instruction: of a call, not what follows.
        package var offset: UInt64
    }

    package var images: [StackImage] = []
    /// From the innermost.
    package var frames: [Address] = []
    /// How many frames were not kept between ``frames`` and ``outer``.
    package var omitted = 0
    /// The outermost frames of a deep stack.
    package var outer: [Address] = []

    package init() {}

    /// Finds the images of addresses that were taken in memory.
    ///
    /// - Parameters:
    ///   - stack: Of which nothing is trusted.
    ///   - loaded: What the process had loaded.
    init(_ stack: joblib_stack, loaded: [MappedImage]) {
        var stack = stack
        let count = min(Int(stack.count), joblib_stack_capacity)
        let outerCount = min(Int(stack.outer_count), joblib_stack_outer_capacity)
        omitted = Int(stack.omitted)
        // Safe: the counts were just limited to what the structure has.
        let (inner, rest) = unsafe withUnsafeBytes(of: &stack.frames) { frames in
            unsafe withUnsafeBytes(of: stack.outer) { outer in
                unsafe (
                    Array(frames.assumingMemoryBound(to: UInt64.self).prefix(count)),
                    Array(outer.assumingMemoryBound(to: UInt64.self).prefix(outerCount))
                )
            }
        }
        let startsAtInstruction = stack.starts_at_instruction != 0
        var known: [Int: Int] = [:]
        for (position, address) in (inner + rest).enumerated() {
            // What a call returns to may belong to the next line, or to the next function.
            let place = position == 0 && startsAtInstruction ? address : address &- 1
            var frame = Address(image: nil, offset: place)
            if let index = loaded.firstIndex(where: { $0.code.contains(place) }) {
                if known[index] == nil {
                    known[index] = images.count
                    images.append(loaded[index].identity)
                }
                frame = Address(image: known[index], offset: place &- loaded[index].bias)
            }
            if position < count { frames.append(frame) } else { outer.append(frame) }
        }
    }

    package var isEmpty: Bool { frames.isEmpty }
}
