// The texts of the errors about arrays and NumPy's files.

extension JoblibError {
    static func wrongElementCount(_ count: Int, shape: [Int]) -> Self {
        Self(
            code: .invalidArgument,
            message: "\(count) elements cannot have the shape \(shape)",
            remedy: "The lengths, none of them negative, must multiply to \(count)."
        )
    }

    static func notOneDimension(_ shape: [Int], element: Any.Type, in subject: String) -> Self {
        Self(
            code: .typeMismatch,
            message: "\(subject) has the shape \(tuple(shape)), and [\(element)] has one dimension",
            remedy: "Read it as NDArray<\(element)>.self."
        )
    }

    /// - Parameter subject: What is read, as in `'grid.npy'`.
    package static func unsupportedElements(_ type: NumPyType, in subject: String) -> Self {
        Self(
            code: .unsupportedType,
            message: "\(subject) holds elements of NumPy's type \(type.name), which no Swift number stands for",
            remedy: "Convert it in Python first, for example array.astype('f8')."
        )
    }

    package static func otherElements(_ type: NumPyType, wanted: Any.Type, in subject: String) -> Self {
        Self(
            code: .typeMismatch,
            message: "\(subject) holds elements of NumPy's type \(type.name), not \(wanted)",
            remedy: type.swiftName.map { "Read them as \($0)." }
        )
    }

    package static func inexactElement(
        _ number: NumPyNumber,
        at index: Int,
        type: NumPyType,
        wanted: Any.Type,
        in subject: String
    ) -> Self {
        Self(
            code: .typeMismatch,
            message: "element \(index) of \(subject) is \(number) (\(type.name)), which \(wanted) cannot hold exactly",
            remedy: type.swiftName.map { "Read the elements as \($0)." }
        )
    }

    package static func shapeTooLarge(_ shape: [Int], in subject: String) -> Self {
        Self(
            code: .damagedFile,
            message: "\(subject) claims an array of shape \(tuple(shape)), which is larger than any memory",
            remedy: "The file is damaged; write it again."
        )
    }

    package static func outOfMemory(_ byteCount: Int, for subject: String) -> Self {
        Self(
            code: .systemResource,
            message: "there is not enough memory for the \(byteCount) bytes of the array in \(subject)",
            remedy: "Read it with mapped: true, which takes only the pages that are used."
        )
    }

    package static func truncatedArray(_ subject: String, expected: Int, found: Int) -> Self {
        Self(
            code: .damagedFile,
            message: "\(subject) ends early: reading array data, expected \(expected) bytes got \(found)",
            remedy: "The file was cut off; copy or write it again."
        )
    }

    /// A shape as Python writes it.
    package static func tuple(_ shape: [Int]) -> String {
        shape.count == 1 ? "(\(shape[0]),)" : "(" + shape.map { String($0) }.joined(separator: ", ") + ")"
    }
}

extension NumPyType {
    /// The Swift type with the same values; nil where there is none.
    package var swiftName: String? {
        switch (kind, itemSize) {
        case (.boolean, _): "Bool"
        case (.integer, _): "Int\(itemSize * 8)"
        case (.unsigned, _): "UInt\(itemSize * 8)"
        case (.real, 2): "Float16"
        case (.real, 4): "Float"
        case (.real, 8): "Double"
        default: nil
        }
    }
}
