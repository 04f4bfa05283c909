extension NDArray {
    /// One element, by its index in each dimension.
    ///
    /// ```swift
    /// grid[1, 2] += 1
    /// let number = single[]           // of an array without dimensions
    /// ```
    ///
    /// - Parameter indices: One index for each dimension, from 0 on. Others end the program, as with an `Array`.
    public subscript(indices: Int...) -> Element {
        get { elements[offset(of: indices)] }
        set { elements[offset(of: indices)] = newValue }
    }

    /// One element of an array of two dimensions: what the general form does, without making an array of the indices.
    ///
    /// - Parameters:
    ///   - row: The first index, from 0 on.
    ///   - column: The second index, from 0 on. Indices outside the array end the program.
    public subscript(row: Int, column: Int) -> Element {
        get { elements[offset(row, column)] }
        set { elements[offset(row, column)] = newValue }
    }

    private func offset(of indices: [Int]) -> Int {
        precondition(
            indices.count == shape.count,
            "an NDArray of shape \(shape) takes \(shape.count) indices, not \(indices.count)"
        )
        var offset = 0
        for (index, length) in zip(indices, shape) {
            precondition(
                index >= 0 && index < length,
                "the index \(indices) is outside an NDArray of shape \(shape)"
            )
            offset = offset * length + index
        }
        return offset
    }

    private func offset(_ row: Int, _ column: Int) -> Int {
        precondition(shape.count == 2, "an NDArray of shape \(shape) takes \(shape.count) indices, not 2")
        precondition(
            row >= 0 && row < shape[0] && column >= 0 && column < shape[1],
            "the index \([row, column]) is outside an NDArray of shape \(shape)"
        )
        return row * shape[1] + column
    }
}
