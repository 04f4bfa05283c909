/// Reads the elements of arrays and puts them in C order and in this machine's byte order.
struct ArrayReading {
    var type: ArrayType
    var shape: [Int]
    var isFortran: Bool

    /// How many elements an array of this shape has.
    ///
    /// - Throws: When there cannot be such an array.
    static func count(_ shape: [Int], limits: PickleLimits) throws(PickleProblem) -> Int {
        guard shape.count <= limits.dimensions else {
            throw .damaged("an array has \(shape.count) dimensions, and NumPy allows no more than \(limits.dimensions)")
        }
        var count = 1
        for length in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: max(length, 1))
            guard length >= 0, !overflow else { throw .damaged("an array has the impossible shape \(shape)") }
            count = product
        }
        return shape.contains(0) ? 0 : count
    }

    /// The array whose `count` elements come next.
    func array(from input: PickleInput, count: Int, mapped: Bool) throws -> JoblibArray {
        let storage = try storage(from: input, count: count, mapped: mapped && type.isNative && !isTransposed)
        let ordered = isTransposed ? storage.inCOrder(shape, size: type.size) : storage
        return JoblibArray(shape: shape, type: type.native, storage: ordered)
    }

    /// Whether elements change their places.
    private var isTransposed: Bool { isFortran && shape.lazy.filter { $0 > 1 }.count > 1 }

    private func storage(from input: PickleInput, count: Int, mapped: Bool) throws -> ArrayStorage {
        func read<T: BitwiseCopyable & Sendable>(_ element: T.Type, lanes: Int = 1) throws -> [T] {
            let (total, overflow) = count.multipliedReportingOverflow(by: lanes)
            if overflow { throw PickleProblem.damaged("an array has the impossible shape \(shape)") }
            if mapped, let pages = input.mapped(element, count: total) { return pages }
            var elements = try input.elements(element, count: total)
            if !type.isNative { swapBytes(of: &elements, size: type.swapSize) }
            return elements
        }
        switch (type.kind, type.size) {
        // Not as bits: a truth value of Swift's is 0 or 1, and the file may hold any byte.
        case ("b", _): return .bool(try input.elements(UInt8.self, count: count).map { $0 != 0 })
        case ("i", 1): return .int8(try read(Int8.self))
        case ("i", 2): return .int16(try read(Int16.self))
        case ("i", 4): return .int32(try read(Int32.self))
        case ("i", _), ("M", _), ("m", _): return .int64(try read(Int64.self))
        case ("u", 1): return .uint8(try read(UInt8.self))
        case ("u", 2): return .uint16(try read(UInt16.self))
        case ("u", 4): return .uint32(try read(UInt32.self))
        case ("u", _): return .uint64(try read(UInt64.self))
        case ("f", 2): return .half(try read(Float16.self))
        case ("f", 4): return .float(try read(Float.self))
        case ("f", 8): return .double(try read(Double.self))
        case ("c", 8): return .complexFloat(try read(Float.self, lanes: 2))
        case ("c", 16): return .complexDouble(try read(Double.self, lanes: 2))
        default: return .opaque(try read(UInt8.self, lanes: type.size))
        }
    }
}

/// Turns groups of `size` bytes round.
private func swapBytes<T: BitwiseCopyable>(of elements: inout [T], size: Int) {
    // Safe: the elements are all there, and any bits are values of their type; groups do not cross the end.
    unsafe elements.withUnsafeMutableBytes { bytes in
        func swap<N: FixedWidthInteger & BitwiseCopyable>(_: N.Type) {
            for offset in stride(from: 0, to: bytes.count - size + 1, by: size) {
                let value = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: N.self)
                unsafe bytes.storeBytes(of: value.byteSwapped, toByteOffset: offset, as: N.self)
            }
        }
        switch size {
        case 2: swap(UInt16.self)
        case 4: swap(UInt32.self)
        case 8: swap(UInt64.self)
        default:
            for offset in stride(from: 0, to: bytes.count - size + 1, by: size) {
                unsafe bytes[offset..<offset + size].reverse()
            }
        }
    }
}

extension ArrayStorage {
    /// The elements of an array of this shape that lie in Fortran order, in C order.
    func inCOrder(_ shape: [Int], size: Int) -> ArrayStorage {
        func turned<T>(_ elements: [T], lanes: Int = 1) -> [T] { transposed(elements, shape: shape, lanes: lanes) }
        return switch self {
        case .bool(let elements): .bool(turned(elements))
        case .int8(let elements): .int8(turned(elements))
        case .int16(let elements): .int16(turned(elements))
        case .int32(let elements): .int32(turned(elements))
        case .int64(let elements): .int64(turned(elements))
        case .uint8(let elements): .uint8(turned(elements))
        case .uint16(let elements): .uint16(turned(elements))
        case .uint32(let elements): .uint32(turned(elements))
        case .uint64(let elements): .uint64(turned(elements))
        case .half(let elements): .half(turned(elements))
        case .float(let elements): .float(turned(elements))
        case .double(let elements): .double(turned(elements))
        case .complexFloat(let elements): .complexFloat(turned(elements, lanes: 2))
        case .complexDouble(let elements): .complexDouble(turned(elements, lanes: 2))
        case .opaque(let elements): .opaque(turned(elements, lanes: size))
        }
    }
}

/// Elements of `lanes` parts each, from Fortran order, in which the first index changes fastest, to C order.
private func transposed<T>(_ elements: [T], shape: [Int], lanes: Int) -> [T] {
    guard !elements.isEmpty, let last = shape.last else { return elements }
    var strides: [Int] = []
    var stride = lanes
    for length in shape {
        strides.append(stride)
        stride *= length
    }
    let step = strides[shape.count - 1]
    var result: [T] = []
    result.reserveCapacity(elements.count)
    var index = [Int](repeating: 0, count: shape.count)
    var start = 0
    while true {
        var place = start
        for _ in 0..<last {
            if lanes == 1 { result.append(elements[place]) } else { result += elements[place..<place + lanes] }
            place += step
        }
        // The next row: count up the indices before the last one.
        var dimension = shape.count - 2
        while dimension >= 0 {
            index[dimension] += 1
            start += strides[dimension]
            if index[dimension] < shape[dimension] { break }
            start -= strides[dimension] * shape[dimension]
            index[dimension] = 0
            dimension -= 1
        }
        if dimension < 0 { return result }
    }
}
