import Joblib

/// How often which letters follow each other: runs of 3 to 8 characters, counted in 2,048 places, as a vector of length 1.
func profile(of text: String) -> [Float] {
    let bytes = Array(text.lowercased().utf8)
    var counts = [Float](repeating: 0, count: 2048)
    for length in 3...8 where bytes.count >= length {
        for start in 0...(bytes.count - length) {
            // FNV-1a: the same in every process, unlike Swift's own hashes.
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325
            for byte in bytes[start..<(start + length)] { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            counts[Int(hash % 2048)] += 1
        }
    }
    // What nearly all files have a lot of says little.
    counts = counts.map { $0.squareRoot() }
    let norm = counts.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return norm == 0 ? counts : counts.map { $0 / norm }
}

/// The cosine of the angle between every two vectors.
func similarity(of vectors: [[Float]]) -> NDArray<Float> {
    var matrix = NDArray(repeating: Float(0), shape: [vectors.count, vectors.count])
    for (row, first) in vectors.enumerated() {
        for column in 0..<row {
            let second = vectors[column]
            var sum: Float = 0
            for place in first.indices { sum += first[place] * second[place] }
            matrix[row, column] = sum
            matrix[column, row] = sum
        }
    }
    return matrix
}

struct Pair: Codable, Sendable {
    var first: Int
    var second: Int
    var similarity: Float
}

/// The pairs that resemble each other most, the closest first.
func closestPairs(in matrix: NDArray<Float>, count: Int) -> [Pair] {
    var pairs: [Pair] = []
    for first in 0..<matrix.shape[0] {
        for second in (first + 1)..<max(first + 1, matrix.shape[1]) {
            pairs.append(Pair(first: first, second: second, similarity: matrix[first, second]))
        }
    }
    pairs.sort { ($1.similarity, $0.first, $0.second) < ($0.similarity, $1.first, $1.second) }
    return Array(pairs.prefix(count))
}
