/// What NumPy's files can be read as and written from: `[Double]` and its like for one dimension, ``NDArray`` for any.
public protocol NumPyArray: Sendable, SendableMetatype {
    /// The type of the numbers.
    associatedtype Element: NumPyElement

    /// The length of each dimension.
    var numPyShape: [Int] { get }

    /// All elements in C order.
    var numPyElements: [Element] { get }

    /// Makes an array of what was read.
    ///
    /// - Parameters:
    ///   - shape: The length of each dimension.
    ///   - elements: As many elements as the shape has, in C order.
    /// - Throws: ``JoblibError`` if this type cannot have such a shape.
    init(numPyShape shape: [Int], elements: [Element]) throws

    /// The count of dimensions that this type has; nil if it can have any.
    static var numPyRank: Int? { get }
}

extension NDArray: NumPyArray where Element: NumPyElement {
    /// The array's shape.
    public var numPyShape: [Int] { shape }

    /// The array's elements.
    public var numPyElements: [Element] { elements }

    /// As many as a file has.
    public static var numPyRank: Int? { nil }

    /// Makes an array of what was read.
    ///
    /// - Parameters:
    ///   - shape: The length of each dimension.
    ///   - elements: The elements in C order.
    /// - Throws: ``JoblibError`` if shape and elements do not fit.
    public init(numPyShape shape: [Int], elements: [Element]) throws {
        try self.init(shape: shape, elements: elements)
    }
}

extension Array: NumPyArray where Element: NumPyElement {
    /// The count.
    public var numPyShape: [Int] { [count] }

    /// The array itself.
    public var numPyElements: [Element] { self }

    /// One.
    public static var numPyRank: Int? { 1 }

    /// Takes the elements as they are.
    ///
    /// - Parameters:
    ///   - shape: The length of the one dimension.
    ///   - elements: The elements.
    /// - Throws: ``JoblibError`` if there is not exactly one dimension.
    public init(numPyShape shape: [Int], elements: [Element]) throws {
        guard shape.count == 1 else { throw JoblibError.notOneDimension(shape, element: Element.self, in: "the array") }
        self = elements
    }
}
