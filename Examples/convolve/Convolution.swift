/// Convolves two random arrays of `size` elements.
func convolveRandom(_ size: Int) -> [Double] {
    var generator = SplitMix64(seed: .random(in: 0...UInt64.max))
    let a = (0..<size).map { _ in Double.random(in: 0..<1, using: &generator) }
    let b = (0..<size).map { _ in Double.random(in: 0..<1, using: &generator) }
    return convolve(a, b)
}

/// The discrete convolution of two arrays, `a.count + b.count - 1` elements, by its definition: no Fourier transform.
func convolve(_ a: [Double], _ b: [Double]) -> [Double] {
    guard !a.isEmpty, !b.isEmpty else { return [] }
    // Sixteen results at a time stay in registers. Zeros around `b` let a block of them reach over its ends.
    let width = SIMD16<Double>.scalarCount
    let padding = [Double](repeating: 0, count: width)
    let padded = padding + b + padding
    let count = a.count + b.count - 1

    return unsafe [Double](unsafeUninitializedCapacity: count + width) { results, resultCount in
        unsafe a.withUnsafeBufferPointer { a in
            unsafe padded.withUnsafeBytes { padded in
                for block in stride(from: 0, to: count, by: width) {
                    var sum = SIMD16<Double>.zero
                    for i in max(0, block - b.count + 1)...min(a.count - 1, block + width - 1) {
                        // Within bounds: -width < block - i < b.count, and `padded` has `width` zeros on either side.
                        let start = (width + block - i) * MemoryLayout<Double>.stride
                        sum += unsafe a[i] * padded.loadUnaligned(fromByteOffset: start, as: SIMD16<Double>.self)
                    }
                    for lane in 0..<width {
                        // Within bounds: the last block begins before `count`, and `width` more elements are allocated.
                        unsafe results.initializeElement(at: block + lane, to: sum[lane])
                    }
                }
            }
        }
        resultCount = count
    }
}
