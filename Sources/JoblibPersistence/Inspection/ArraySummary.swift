/// What is worth knowing of an array whose elements are not kept.
package struct ArraySummary: Sendable {
    package var type: NumPyType
    package var shape: [Int]
    /// Whether the first index runs fastest in the file.
    package var isFortranOrder: Bool
    /// Where in the file the elements lie, as they are; nil for those that do not.
    package var offset: Int?
    /// Its number in the file, from 0 on.
    package var ordinal: Int
    /// The fields of records, as NumPy writes them.
    package var fields: String?
    /// The first elements in C order.
    package var first: [JoblibValue] = []
    /// Of numbers only.
    package var statistics: ArrayStatistics?

    package var count: Int { NDArray<UInt8>.count(of: shape) ?? 0 }
    package var byteCount: Int { count * type.itemSize }
}

/// What the elements of an array have in common.
package struct ArrayStatistics: Sendable, Hashable {
    /// How many elements were looked at: all, or a sample.
    package var examined = 0
    package var nanCount = 0
    package var infiniteCount = 0
    /// Of the finite elements; nil if there is none.
    package var minimum: NumPyNumber?
    package var maximum: NumPyNumber?
    package var mean: Double?
}
