/// Bytes and elements in another order.
package enum NumPyOrder {
    /// Turns each `unit` bytes round, in place; what is left over stays.
    package static func swapBytes(_ bytes: UnsafeMutableRawBufferPointer, unit: Int) {
        // Safe: whole units within the buffer are loaded and stored; none of the calls needs an alignment.
        func swapAll<Integer: FixedWidthInteger & BitwiseCopyable>(_: Integer.Type) {
            for offset in stride(from: 0, through: bytes.count - unit, by: unit) {
                let value = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: Integer.self)
                unsafe bytes.storeBytes(of: value.byteSwapped, toByteOffset: offset, as: Integer.self)
            }
        }
        switch unit {
        case 2: swapAll(UInt16.self)
        case 4: swapAll(UInt32.self)
        case 8: swapAll(UInt64.self)
        default:
            guard unit > 1 else { return }
            for start in stride(from: 0, through: bytes.count - unit, by: unit) {
                var (low, high) = (start, start + unit - 1)
                while low < high {
                    unsafe bytes.swapAt(low, high)
                    low += 1
                    high -= 1
                }
            }
        }
    }

    /// Elements in C order from those of an array whose first index runs fastest.
    ///
    /// - Parameters:
    ///   - elements: As many as the shape has.
    ///   - shape: The array's shape; not the reversed one.
    package static func cOrder<Element: BitwiseCopyable>(_ elements: [Element], fromFortran shape: [Int]) -> [Element] {
        // In the file the array is one in C order whose dimensions are reversed: transposing it level by level needs
        // no more than matrices. The first index is brought from the last place to the first, then the next one.
        guard shape.count > 1, !elements.isEmpty else { return elements }
        var result = elements
        // Before step k the order is: indices 0..<k in C order, then n-1, n-2 … k, the last of them fastest.
        var outer = 1
        for length in shape.dropLast() {
            let inner = elements.count / outer / length
            result = transposed(result, blocks: outer, rows: inner, columns: length)
            outer *= length
        }
        return result
    }

    /// Transposes each of `blocks` matrices that lie one behind the other.
    private static func transposed<Element: BitwiseCopyable>(
        _ elements: [Element],
        blocks: Int,
        rows: Int,
        columns: Int
    ) -> [Element] {
        if rows == 1 || columns == 1 { return elements }
        // A tile's rows and columns stay in the first cache.
        let tile = 32
        // Safe: every place below the count is written exactly once.
        return unsafe [Element](unsafeUninitializedCapacity: elements.count) { target, filled in
            unsafe elements.withUnsafeBufferPointer { source in
                for block in 0..<blocks {
                    let base = block * rows * columns
                    for top in stride(from: 0, to: rows, by: tile) {
                        for left in stride(from: 0, to: columns, by: tile) {
                            for row in top..<min(top + tile, rows) {
                                for column in left..<min(left + tile, columns) {
                                    let from = base + row * columns + column
                                    let to = base + column * rows + row
                                    unsafe (target.baseAddress! + to).initialize(to: source[from])
                                }
                            }
                        }
                    }
                }
            }
            filled = elements.count
        }
    }
}
