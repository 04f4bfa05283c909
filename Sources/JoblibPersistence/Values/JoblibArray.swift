/// A NumPy array whose element type is not known beforehand.
///
/// The elements are in C order and in this machine's byte order, however the file held them.
///
/// For example:
///
///     if case .array(let array) = value {
///         print(array.type, array.shape)                  // <f8 [512, 512]
///         let numbers = try array.elements(as: Double.self)
///     }
public struct JoblibArray: Sendable {
    /// The length of each dimension; empty for an array without dimensions, which has one element.
    public let shape: [Int]

    /// The type of the elements, such as `<f8`, `|b1`, `<U5` or `<M8[ns]`.
    public let type: NumPyType

    let storage: any ArrayStorage

    init(shape: [Int], type: NumPyType, storage: any ArrayStorage) {
        self.shape = shape
        self.type = type
        self.storage = storage
    }

    /// The numbers of an array, which are not copied.
    ///
    ///     let value = JoblibValue.array(JoblibArray([1.5, 2.5]))
    public init(_ array: some NumPyArray) {
        self.init(array.numPyShape, array.numPyElements)
    }

    private init<Element: NumPyElement>(_ shape: [Int], _ elements: [Element]) {
        self.init(shape: shape, type: Element.numPyType, storage: NumberStorage(elements: elements))
    }

    /// How many elements there are in all.
    public var count: Int { shape.reduce(1, *) }

    /// All elements in C order, without a copy when `Element` is what the array holds.
    ///
    /// - Parameter element: A type of numbers. Others than the array's are converted where no value changes.
    /// - Throws: ``JoblibError`` if the elements are not numbers, or one of them is not exactly an `Element`.
    public func elements<Element: NumPyElement>(as element: Element.Type) throws -> [Element] {
        try numbers(element)
    }

    func numbers<Element: NumPyElement>(_ element: Element.Type) throws(JoblibError) -> [Element] {
        switch storage.elements(as: element) {
        case .all(let elements): return elements
        case .inexact(let number, let index):
            throw .inexactElement(number, at: index, type: type, wanted: element, in: "the array")
        case .otherKind where type.isNumber: throw .otherElements(type, wanted: element, in: "the array")
        case .otherKind: throw .unsupportedElements(type, in: "the array")
        }
    }

    /// An element of the first dimension: a value, or an array with one dimension fewer; nil behind the last one.
    ///
    ///     array[3]
    public subscript(index: Int) -> JoblibValue? {
        guard let length = shape.first, (0..<length).contains(index) else { return nil }
        if shape.count == 1 { return value(at: index) }
        let rest = Array(shape.dropFirst())
        let size = rest.reduce(1, *)
        return .array(JoblibArray(shape: rest, type: type, storage: storage.part(index * size..<(index + 1) * size)))
    }
}

extension JoblibArray: Hashable {
    /// Arrays are equal when their shapes, their types and all elements are.
    public static func == (a: JoblibArray, b: JoblibArray) -> Bool {
        a.shape == b.shape && a.type == b.type && a.storage.isEqual(to: b.storage)
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(shape)
        hasher.combine(type)
        storage.hash(into: &hasher)
    }
}
