extension PickleReader {
    static let wrongArguments = PickleProblem.damaged("an object in it is made from the wrong values")

    /// What calling one of the known names gives.
    mutating func construct(_ callable: PickleItem, _ arguments: PickleItem) throws {
        guard inspector == nil else { return try describe(callable, arguments) }
        try make(callable, arguments)
    }

    /// Does what one of the known names stands for.
    mutating func make(_ callable: PickleItem, _ arguments: PickleItem) throws {
        guard case .global(let global) = callable, let arguments = tuple(arguments) else {
            throw PickleProblem.damaged("it calls what cannot be called")
        }
        switch global {
        case .arrayWrapper: push(node: .wrapper)
        case .arrayConstructor: push(node: .unfinishedArray)
        case .elementType:
            guard let code = arguments.first.flatMap(text) else { throw Self.wrongArguments }
            guard let type = NumPyType(parsing: code) else {
                let name = code.shortened(to: 20).debugDescription
                throw PickleProblem.unsupported("an array has elements of NumPy's type \(name)")
            }
            push(node: .type(type))
        case .scalar: push(node: .value(try scalar(arguments)))
        case .arrayFromBuffer: push(node: .value(try arrayFromBuffer(arguments)))
        case .set: push(node: .set(try elements(arguments)))
        case .frozenSet: push(node: .frozenSet(try elements(arguments)))
        case .list: push(node: .list(try elements(arguments)))
        case .tuple: push(node: .tuple(try elements(arguments)))
        case .dictionary: push(node: .dictionary(try entries(arguments)))
        case .complex:
            guard arguments.count == 2, case .float(let real) = arguments[0], case .float(let imaginary) = arguments[1]
            else { throw Self.wrongArguments }
            push(node: .value(.complex(real: real, imaginary: imaginary)))
        case .encode: push(.bytes(try encoded(arguments)))
        case .bytes: push(.bytes(try bytes(arguments)))
        case .byteArray: push(node: .bytes(try bytes(arguments)))
        case .objectConstructor:
            guard arguments.count == 3, case .global(.arrayWrapper) = arguments[0] else { throw Self.wrongArguments }
            push(node: .wrapper)
        case .objectClass: throw Self.wrongArguments
        case .arrayClass:
            throw PickleProblem.unsupported("it holds a NumPy array made in a way that joblib does not use")
        case .other(let name):
            throw PickleProblem.unsupported("it holds an object of Python's \(name)")
        }
    }

    /// Gives the object on top its state.
    mutating func build(_ state: PickleItem) throws {
        let index = try topNode()
        switch nodes[index] {
        case .type(var type):
            guard let state = tuple(state) else { throw Self.wrongArguments }
            try complete(&type, state)
            nodes[index] = .type(type)
        case .unfinishedArray:
            guard let state = tuple(state), state.count == 5 else { throw Self.wrongArguments }
            if inspector != nil {
                nodes[index] = try describedArray(shape: state[1], type: state[2], fortran: state[3], data: state[4])
                return
            }
            nodes[index] = .value(.array(try array(shape: state[1], type: state[2], fortran: state[3], data: state[4])))
        case .wrapper:
            if let inspector {
                nodes[index] = try describedArrayThatFollows(state, inspector)
                return
            }
            nodes[index] = .value(.array(try arrayThatFollows(state)))
        default:
            if inspector != nil { return describeState(of: index, state) }
            throw PickleProblem.unsupported("it holds an object with attributes of its own")
        }
    }

    // MARK: Arguments

    func tuple(_ item: PickleItem) -> [PickleItem]? {
        if case .node(let index) = item, case .tuple(let items) = nodes[index] { items } else { nil }
    }

    /// Text, which Python 2 wrote as bytes.
    func text(_ item: PickleItem) -> String? {
        switch item {
        case .string(let text): text
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        default: nil
        }
    }

    /// The elements of the one list, tuple or set that there may be.
    private func elements(_ arguments: [PickleItem]) throws -> [PickleItem] {
        guard let first = arguments.first else { return [] }
        guard arguments.count == 1, case .node(let index) = first else { throw Self.wrongArguments }
        switch nodes[index] {
        case .list(let items), .tuple(let items), .set(let items), .frozenSet(let items): return items
        default: throw Self.wrongArguments
        }
    }

    /// The keys and values of a list of pairs, as Python 2 wrote ordered dictionaries.
    private func entries(_ arguments: [PickleItem]) throws -> [PickleItem] {
        if let first = arguments.first, case .node(let index) = first, case .dictionary(let entries) = nodes[index] {
            return entries
        }
        return try elements(arguments).flatMap { item in
            let pair = try elements([item])
            guard pair.count == 2 else { throw Self.wrongArguments }
            return pair
        }
    }

    /// Text in Latin-1: how protocols before 3 write bytes.
    private func encoded(_ arguments: [PickleItem]) throws -> [UInt8] {
        guard arguments.count == 2, case .string(let text) = arguments[0], case .string(let encoding) = arguments[1],
            encoding == "latin1" || encoding == "latin-1"
        else { throw Self.wrongArguments }
        return try text.unicodeScalars.map {
            guard let byte = UInt8(exactly: $0.value) else { throw Self.wrongArguments }
            return byte
        }
    }

    private func bytes(_ arguments: [PickleItem]) throws -> [UInt8] {
        guard let first = arguments.first else { return [] }
        if arguments.count == 2 { return try encoded(arguments) }
        guard arguments.count == 1, let bytes = data(first) else { throw Self.wrongArguments }
        return bytes
    }

    private func data(_ item: PickleItem) -> [UInt8]? {
        if case .bytes(let bytes) = item { return bytes }
        if case .node(let index) = item, case .bytes(let bytes) = nodes[index] { return bytes }
        return nil
    }

    func type(_ item: PickleItem) throws -> NumPyType {
        guard case .node(let index) = item, case .type(let type) = nodes[index] else { throw Self.wrongArguments }
        return type
    }

    // MARK: NumPy

    /// Reads the state of a type: version, byte order, sub-type, names and types of fields, size, alignment, flags and,
    /// of dates, the unit.
    private func complete(_ type: inout NumPyType, _ state: [PickleItem]) throws {
        guard state.count >= 8, let order = text(state[1]) else { throw Self.wrongArguments }
        if inspector != nil { return try describeRecord(&type, state, order: order) }
        guard case .none = state[2], case .none = state[3] else {
            throw PickleProblem.unsupported(
                "an array is a structured one (its dtype has fields)",
                "In Python, dump its fields as a dictionary of arrays instead."
            )
        }
        try completePlain(&type, state, order: order)
    }

    /// As above, of a type without fields.
    func completePlain(_ type: inout NumPyType, _ state: [PickleItem], order: String) throws {
        if type.swapUnit > 1 {
            type.isBigEndian = order == ">" || (order != "<" && NumPyType.machineIsBigEndian)
        }
        switch type.kind {
        case .text, .bytes, .void:
            guard case .int(let size) = state[5], size >= 0 else { break }
            guard size <= 1 << 30, type.kind != .text || size % 4 == 0 else { throw Self.wrongArguments }
            type.itemSize = size
        case .date: type.kind = .date(unit: try unit(state))
        case .duration: type.kind = .duration(unit: try unit(state))
        default: break
        }
    }

    /// The unit in the state of a type of dates, such as `[ns]`.
    private func unit(_ state: [PickleItem]) throws -> String {
        guard state.count > 8, let metadata = tuple(state[8]), metadata.count == 2, let unit = tuple(metadata[1]),
            unit.count >= 2, let name = text(unit[0]), case .int(let multiple) = unit[1]
        else { return "" }
        let text = name == "generic" ? "" : multiple == 1 ? "[\(name)]" : "[\(multiple)\(name)]"
        guard NumPyType(parsing: "M8\(text)") != nil else { throw Self.wrongArguments }
        return text
    }

    private func scalar(_ arguments: [PickleItem]) throws -> JoblibValue {
        guard arguments.count == 2, let bytes = data(arguments[1]) else { throw Self.wrongArguments }
        let type = try type(arguments[0])
        guard bytes.count == type.itemSize else { throw Self.wrongArguments }
        let reading = try ArrayReading(NumPyLayout(type, shape: []), limits: limits)
        let array = try reading.array(from: PickleInput(MemorySource(bytes)), mapped: false)
        switch type.kind {
        // A date without its unit would mean nothing; for extended precision there is no number.
        case .date, .duration: return .array(array)
        case .real where type.itemSize > 8: return .array(array)
        case .complex where type.itemSize > 16: return .array(array)
        default: return array.value(at: 0)
        }
    }

    func shape(_ item: PickleItem) throws -> [Int] {
        if case .int(let length) = item { return [length] }
        guard let items = tuple(item) else { throw Self.wrongArguments }
        return try items.map {
            switch $0 {
            case .int(let length): return length
            // A NumPy number.
            case .node(let index):
                guard case .value(.int(let length)) = nodes[index] else { throw Self.wrongArguments }
                return length
            default: throw Self.wrongArguments
            }
        }
    }

    /// The layout and the bytes of an array that the pickle itself holds.
    func parts(
        shape: PickleItem,
        type: PickleItem,
        fortran: PickleItem,
        data: PickleItem
    ) throws -> (reading: ArrayReading, bytes: [UInt8]) {
        let (shape, type) = (try self.shape(shape), try self.type(type))
        let isFortran =
            switch fortran {
            case .bool(let isFortran): isFortran
            case .int(let number): number != 0
            default: text(fortran) == "F"
            }
        guard let bytes = self.data(data) else { throw Self.wrongArguments }
        let layout = NumPyLayout(type, shape: shape, isFortranOrder: isFortran)
        let reading = try ArrayReading(layout, limits: limits)
        guard reading.count * type.itemSize == bytes.count else {
            throw PickleProblem.damaged("an array of shape \(JoblibError.tuple(shape)) has \(bytes.count) bytes")
        }
        return (reading, bytes)
    }

    private func array(shape: PickleItem, type: PickleItem, fortran: PickleItem, data: PickleItem) throws -> JoblibArray
    {
        let (reading, bytes) = try parts(shape: shape, type: type, fortran: fortran, data: data)
        return try reading.array(from: PickleInput(MemorySource(bytes)), mapped: false)
    }

    private func arrayFromBuffer(_ arguments: [PickleItem]) throws -> JoblibValue {
        guard arguments.count >= 4 else { throw Self.wrongArguments }
        return .array(try array(shape: arguments[2], type: arguments[1], fortran: arguments[3], data: arguments[0]))
    }

    /// The array whose bytes lie in the file behind the instruction that completes its stand-in.
    private func arrayThatFollows(_ state: PickleItem) throws -> JoblibArray {
        let (reading, canMap) = try wrapped(state)
        return try reading.array(from: input, mapped: canMap && mapsArrays)
    }

    /// What a stand-in says of the array that follows it, whose padding is read.
    func wrapped(_ state: PickleItem) throws -> (reading: ArrayReading, canMap: Bool) {
        guard case .node(let index) = state, case .dictionary(let entries) = nodes[index] else {
            throw Self.wrongArguments
        }
        var attributes: [String: PickleItem] = [:]
        for place in stride(from: 0, to: entries.count, by: 2) {
            if let name = text(entries[place]) { attributes[name] = entries[place + 1] }
        }
        guard let shapeItem = attributes["shape"], let typeItem = attributes["dtype"] else { throw Self.wrongArguments }
        let shape = try shape(shapeItem)
        let type = try type(typeItem)
        // joblib 1.1 and older know no alignment: then the elements follow at once.
        // Python objects follow as a pickle of their own.
        if type.kind != .object, case .int = attributes["numpy_array_alignment_bytes"] {
            let padding = try input.byte()
            _ = try input.bytes(Int(padding))
        }
        var canMap = false
        if case .bool(true) = attributes["allow_mmap"] { canMap = true }
        let isFortran = attributes["order"].flatMap(text) == "F"
        let layout = NumPyLayout(type, shape: shape, isFortranOrder: isFortran)
        return (try ArrayReading(layout, limits: limits), canMap)
    }
}
