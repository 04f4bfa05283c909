/// An array of numbers with any number of dimensions, as NumPy's `ndarray`.
///
/// The elements lie in C order: the last index runs fastest.
///
/// ```swift
/// var grid = NDArray(repeating: 0.0, shape: [2, 3])
/// grid[1, 2] = 7
/// let row = try grid.reshaped(to: [6])
/// print(grid)             // [[0.0, 0.0, 0.0], [0.0, 0.0, 7.0]]
/// ```
public struct NDArray<Element> {
    /// The length of each dimension; empty for a single number.
    public let shape: [Int]

    /// The elements, which no setter looks at: changing one of them must not cost more than in an `Array`.
    @usableFromInline var storage: [Element]

    /// All elements, the last index running fastest. There are always as many as the shape says.
    @inlinable public var elements: [Element] {
        get { storage }
        _modify {
            let count = storage.count
            defer { precondition(storage.count == count, "NDArray.elements must keep its count of \(count)") }
            yield &storage
        }
    }

    /// Makes an array of elements that are there already, without copying them.
    ///
    /// ```swift
    /// let grid = try NDArray(shape: [2, 2], elements: [1.0, 2, 3, 4])
    /// ```
    ///
    /// - Parameters:
    ///   - shape: The length of each dimension.
    ///   - elements: The elements in C order.
    /// - Throws: ``JoblibError`` if the shape does not have as many elements, or has a negative length.
    public init(shape: [Int], elements: [Element]) throws {
        guard Self.count(of: shape) == elements.count else {
            throw JoblibError.wrongElementCount(elements.count, shape: shape)
        }
        self.shape = shape
        storage = elements
    }

    /// Makes an array whose elements are all the same.
    ///
    /// ```swift
    /// let zeros = NDArray(repeating: Float(0), shape: [480, 640])
    /// ```
    ///
    /// - Parameters:
    ///   - element: What each element is.
    ///   - shape: The length of each dimension, none of them negative.
    public init(repeating element: Element, shape: [Int]) {
        guard let count = Self.count(of: shape) else {
            // As an index outside the array: a mistake of the program's, whose words a release build should show too.
            fatalError("NDArray cannot have the shape \(shape): a length is negative or the product too large")
        }
        self.shape = shape
        storage = [Element](repeating: element, count: count)
    }

    /// For what was checked already.
    init(checkedShape shape: [Int], elements: [Element]) {
        self.shape = shape
        storage = elements
    }

    /// How many dimensions there are.
    @inlinable public var rank: Int { shape.count }

    /// How many elements there are.
    @inlinable public var count: Int { storage.count }

    /// The same elements in another shape, without copying them.
    ///
    /// ```swift
    /// let column = try row.reshaped(to: [6, 1])
    /// ```
    ///
    /// - Parameter shape: The length of each dimension; one of them may be -1, which stands for what is left.
    /// - Returns: The elements in the same order.
    /// - Throws: ``JoblibError`` if that shape has another count of elements.
    public func reshaped(to shape: [Int]) throws -> NDArray {
        guard let free = shape.firstIndex(of: -1) else { return try NDArray(shape: shape, elements: elements) }
        var complete = shape
        complete[free] = 1
        guard let rest = Self.count(of: complete), rest > 0, count % rest == 0 else {
            throw JoblibError.wrongElementCount(count, shape: shape)
        }
        complete[free] = count / rest
        return NDArray(checkedShape: complete, elements: elements)
    }

    /// How many elements a shape has; nil if a length is negative or the product too large for an `Int`.
    package static func count(of shape: [Int]) -> Int? {
        if shape.contains(where: { $0 < 0 }) { return nil }
        if shape.contains(0) { return 0 }
        var count = 1
        for length in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: length)
            if overflow { return nil }
            count = product
        }
        return count
    }
}

extension NDArray: Equatable where Element: Equatable {}
extension NDArray: Hashable where Element: Hashable {}
extension NDArray: Sendable where Element: Sendable {}
