// Inlinable: in loops over elements a call for each of them would cost many times what the element does.

extension NDArray {
    /// One element, by its index in each dimension.
    ///
    /// ```swift
    /// cube[1, 2, 0, 3] += 1
    /// let number = single[]           // of an array without dimensions
    /// ```
    ///
    /// - Parameter indices: One index for each dimension, from 0 on. Others end the program, as with an `Array`.
    @inlinable public subscript(indices: Int...) -> Element {
        get { storage[offset(of: indices)] }
        _modify { yield &storage[offset(of: indices)] }
    }

    /// One element of an array of one dimension: what the general form does, without making an array of the indices.
    ///
    /// - Parameter index: From 0 on. An index outside the array ends the program.
    @inlinable public subscript(index: Int) -> Element {
        get { storage[offset(index)] }
        _modify { yield &storage[offset(index)] }
    }

    /// One element of an array of two dimensions: what the general form does, without making an array of the indices.
    ///
    /// - Parameters:
    ///   - row: The first index, from 0 on.
    ///   - column: The second index, from 0 on. Indices outside the array end the program.
    @inlinable public subscript(row: Int, column: Int) -> Element {
        get { storage[offset(row, column)] }
        _modify { yield &storage[offset(row, column)] }
    }

    /// One element of an array of three dimensions: what the general form does, without making an array of the indices.
    ///
    /// - Parameters:
    ///   - plane: The first index, from 0 on.
    ///   - row: The second index, from 0 on.
    ///   - column: The third index, from 0 on. Indices outside the array end the program.
    @inlinable public subscript(plane: Int, row: Int, column: Int) -> Element {
        get { storage[offset(plane, row, column)] }
        _modify { yield &storage[offset(plane, row, column)] }
    }

    @inlinable func offset(of indices: [Int]) -> Int {
        if indices.count != shape.count { outside(indices) }
        var offset = 0
        for dimension in 0..<indices.count {
            let index = indices[dimension]
            if index < 0 || index >= shape[dimension] { outside(indices) }
            offset = offset * shape[dimension] + index
        }
        return offset
    }

    @inlinable func offset(_ index: Int) -> Int {
        if shape.count != 1 || index < 0 || index >= shape[0] { outside([index]) }
        return index
    }

    @inlinable func offset(_ row: Int, _ column: Int) -> Int {
        if shape.count != 2 || row < 0 || row >= shape[0] || column < 0 || column >= shape[1] {
            outside([row, column])
        }
        return row * shape[1] + column
    }

    @inlinable func offset(_ plane: Int, _ row: Int, _ column: Int) -> Int {
        if shape.count != 3 || plane < 0 || plane >= shape[0] || row < 0 || row >= shape[1] || column < 0
            || column >= shape[2]
        {
            outside([plane, row, column])
        }
        return (plane * shape[1] + row) * shape[2] + column
    }

    /// Ends the program, with words that say why. `fatalError`: a release build leaves out those of a precondition.
    @inline(never) @usableFromInline func outside(_ indices: [Int]) -> Never {
        if indices.count != shape.count {
            // As for an array: an index outside is a mistake of the program, and the message names the shape.
            fatalError("an NDArray of shape \(shape) takes \(shape.count) indices, not \(indices.count)")
        }
        // As above.
        fatalError("the index \(indices) is outside an NDArray of shape \(shape)")
    }
}
