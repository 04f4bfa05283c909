/// What the bytes of an array in a file mean: the type of its elements, its shape, and their order.
package struct NumPyLayout: Sendable, Hashable {
    package var type: NumPyType
    package var shape: [Int]

    /// Whether the first index runs fastest.
    package var isFortranOrder: Bool

    package init(_ type: NumPyType, shape: [Int], isFortranOrder: Bool = false) {
        self.type = type
        self.shape = shape
        self.isFortranOrder = isFortranOrder
    }

    /// How many elements there are and how many bytes they have.
    ///
    /// - Throws: ``JoblibError`` if that is more than any memory.
    package func size(in subject: String) throws(JoblibError) -> (count: Int, byteCount: Int) {
        if let count = NDArray<UInt8>.count(of: shape) {
            let (byteCount, overflow) = count.multipliedReportingOverflow(by: type.itemSize)
            // No processor has more than 47 bits of addresses for a program.
            if !overflow && byteCount < 1 << 47 { return (count, byteCount) }
        }
        throw JoblibError.shapeTooLarge(shape, in: subject)
    }

    /// Whether the elements lie in C order already.
    package var isCOrder: Bool {
        // With at most one dimension longer than 1 there is only one order.
        !isFortranOrder || shape.count { $0 > 1 } <= 1
    }
}
