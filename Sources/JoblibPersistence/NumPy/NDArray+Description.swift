extension NDArray: CustomStringConvertible {
    /// The elements in nested brackets; of long dimensions, as in NumPy, the first and last three.
    public var description: String {
        var text = ""
        describe(dimension: 0, offset: 0, into: &text)
        return text
    }

    private func describe(dimension: Int, offset: Int, into text: inout String) {
        if dimension == shape.count {
            text += "\(elements[offset])"
            return
        }
        let length = shape[dimension]
        var stride = 1
        for length in shape[(dimension + 1)...] { stride *= length }
        let edge = 3
        // NumPy shortens arrays of more than a thousand elements.
        let isShortened = count > 1000 && length > 2 * edge
        text += "["
        // Where a length behind is zero, there is nothing to show of any index.
        for index in 0..<(elements.isEmpty ? 0 : length) {
            if isShortened && index >= edge && index < length - edge {
                if index == edge { text += ", ..." }
                continue
            }
            if index > 0 { text += ", " }
            describe(dimension: dimension + 1, offset: offset + index * stride, into: &text)
        }
        text += "]"
    }
}
