internal import Foundation
internal import Joblib

extension Workload {
    /// Calls the workload's function once for each of `sizes`.
    ///
    /// The bodies capture nothing, so that worker processes, which are this program again, can run them.
    ///
    /// - Parameters:
    ///   - sizes: Of the tasks.
    ///   - parallel: How they are run; nil for a loop without the library.
    func run(_ sizes: [Int], with parallel: Parallel?) throws {
        let count =
            switch self {
            case .convolution:
                try parallel?.map(sizes) { convolveRandom($0) }.count ?? sizes.map { convolveRandom($0) }.count
            case .matrix:
                try parallel?.map(sizes) { multiplyRandom($0) }.count ?? sizes.map { multiplyRandom($0) }.count
            case .sleep:
                try parallel?.map(sizes) { rest(milliseconds: $0) }.count ?? sizes.map { rest(milliseconds: $0) }.count
            }
        // A result that is looked at cannot be left out by the optimiser.
        precondition(count == sizes.count)
    }
}

/// Convolves two random arrays of `size` elements by direct sum: no Fourier transform.
///
/// - Returns: `2 * size - 1` elements.
@inline(never)
func convolveRandom(_ size: Int) -> [Double] {
    guard size > 0 else { return [] }
    var generator = SplitMix64(seed: UInt64(size))
    let a = generator.doubles(size)
    let b = generator.doubles(size)
    var sums = [Double](repeating: 0, count: 2 * size - 1)
    // Safe: the places are i + j with i and j in 0..<size.
    unsafe sums.withUnsafeMutableBufferPointer { sums in
        unsafe b.withUnsafeBufferPointer { b in
            for i in 0..<size {
                let factor = a[i]
                for j in 0..<size { unsafe sums[i &+ j] += factor * b[j] }
            }
        }
    }
    return sums
}

/// Multiplies two random square matrices of `size` rows.
///
/// - Returns: The product, row by row.
@inline(never)
func multiplyRandom(_ size: Int) -> [Double] {
    guard size > 0 else { return [] }
    var generator = SplitMix64(seed: UInt64(size))
    let a = generator.doubles(size * size)
    let b = generator.doubles(size * size)
    var product = [Double](repeating: 0, count: size * size)
    // Safe: rows and columns are within 0..<size, places below size * size.
    unsafe product.withUnsafeMutableBufferPointer { product in
        unsafe b.withUnsafeBufferPointer { b in
            for row in 0..<size {
                for inner in 0..<size {
                    let factor = a[row * size + inner]
                    let (target, source) = (row * size, inner * size)
                    for column in 0..<size { unsafe product[target &+ column] += factor * b[source &+ column] }
                }
            }
        }
    }
    return product
}

/// Does nothing for some time, as a task that waits for a disk or a server does.
func rest(milliseconds: Int) -> Int {
    Thread.sleep(forTimeInterval: Double(milliseconds) / 1000)
    return milliseconds
}

/// A small, fast random number generator, so that making the arrays takes no noticeable part of the time.
///
/// Steele, Lea and Flood: Fast splittable pseudorandom number generators, 2014.
struct SplitMix64 {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    private mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// Numbers from 0 up to 1.
    mutating func doubles(_ count: Int) -> [Double] {
        var doubles: [Double] = []
        doubles.reserveCapacity(count)
        for _ in 0..<count { doubles.append(Double(next() >> 11) * 0x1p-53) }
        return doubles
    }
}
