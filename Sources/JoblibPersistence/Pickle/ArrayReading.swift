/// Reads the elements of arrays and puts them in C order and in this machine's byte order.
struct ArrayReading {
    let layout: NumPyLayout
    let count: Int

    init(_ layout: NumPyLayout, limits: PickleLimits) throws(PickleProblem) {
        self.layout = layout
        guard layout.shape.count <= limits.dimensions else {
            let limit = limits.dimensions
            throw .damaged("an array has \(layout.shape.count) dimensions, and NumPy allows no more than \(limit)")
        }
        // Empty or not: the product of all lengths but zero has to be a number, as part of an array may be asked for.
        let lengths = layout.shape.map { $0 == 0 ? 1 : $0 } + [max(layout.type.itemSize, 1)]
        guard let size = NDArray<UInt8>.count(of: lengths), size < 1 << 47 else {
            throw .damaged("an array has the impossible shape \(JoblibError.tuple(layout.shape))")
        }
        count = NDArray<UInt8>.count(of: layout.shape) ?? 0
    }

    /// The array whose bytes come next.
    func array(from input: PickleInput, mapped: Bool) throws -> JoblibArray {
        let storage = try storage(from: input, mapped: mapped && layout.type.isNative && layout.isCOrder)
        return JoblibArray(
            shape: layout.shape,
            type: layout.type.native,
            storage: layout.isCOrder ? storage : storage.inCOrder(fromFortran: layout.shape)
        )
    }

    private func storage(from input: PickleInput, mapped: Bool) throws -> any ArrayStorage {
        let type = layout.type
        switch (type.kind, type.itemSize) {
        // Not as bits: a truth value of Swift's is 0 or 1, and the file may hold any byte.
        case (.boolean, _):
            return NumberStorage(elements: try input.elements(UInt8.self, count: count).map { $0 != 0 })
        case (.integer, 1): return try read(Int8.self, input, mapped)
        case (.integer, 2): return try read(Int16.self, input, mapped)
        case (.integer, 4): return try read(Int32.self, input, mapped)
        case (.integer, _), (.date, _), (.duration, _): return try read(Int64.self, input, mapped)
        case (.unsigned, 1): return try read(UInt8.self, input, mapped)
        case (.unsigned, 2): return try read(UInt16.self, input, mapped)
        case (.unsigned, 4): return try read(UInt32.self, input, mapped)
        case (.unsigned, _): return try read(UInt64.self, input, mapped)
        #if !(canImport(Darwin) && arch(x86_64))
        case (.real, 2): return try read(Float16.self, input, mapped)
        #endif
        case (.real, 4): return try read(Float.self, input, mapped)
        case (.real, 8): return try read(Double.self, input, mapped)
        case (.object, _): throw PickleProblem.objects
        default:
            let bytes = try input.elements(UInt8.self, count: count * type.itemSize)
            return OpaqueStorage(bytes: turned(bytes), itemSize: type.itemSize)
        }
    }

    private func read<Element: NumPyElement>(
        _ element: Element.Type,
        _ input: PickleInput,
        _ mapped: Bool
    ) throws -> any ArrayStorage {
        if mapped, let pages = input.mapped(element, count: count) { return NumberStorage(elements: pages) }
        return NumberStorage(elements: turned(try input.elements(element, count: count)))
    }

    /// In this machine's byte order.
    private func turned<Element: BitwiseCopyable>(_ elements: [Element]) -> [Element] {
        if layout.type.isNative { return elements }
        var elements = elements
        // Safe: any bytes are such elements.
        unsafe elements.withUnsafeMutableBytes { unsafe NumPyOrder.swapBytes($0, unit: layout.type.swapUnit) }
        return elements
    }
}

extension PickleProblem {
    static var objects: PickleProblem {
        .unsupported(
            "an array holds Python objects (dtype=object)",
            "In Python, convert it to a numeric array with astype, or to a list with tolist, and dump it again."
        )
    }
}
