// How those who only look read what no value stands for.

extension PickleReader {
    /// Object arrays hold pickles, which may hold object arrays.
    private static let deepest = 20

    /// What calling a name would give: a value, if it is one of the known names, or else a description.
    mutating func describe(_ callable: PickleItem, _ arguments: PickleItem) throws {
        if case .global(let global) = callable {
            do {
                switch global {
                case .other: break
                // What protocols 0 and 1 make all objects with: the class is its first argument.
                case .objectConstructor where !isWrapper(arguments):
                    let items = tuple(arguments) ?? []
                    return push(node: .object(PickleObject(name(items.first), Array(items.dropFirst(2)))))
                case .arrayFromBuffer:
                    guard let parts = tuple(arguments), parts.count >= 4 else { throw Self.wrongArguments }
                    let (data, type, shape, fortran) = (parts[0], parts[1], parts[2], parts[3])
                    return push(node: try describedArray(shape: shape, type: type, fortran: fortran, data: data))
                default: return try make(callable, arguments)
                }
            } catch let problem as PickleProblem where problem.kind == .unsupported {
                // As an object, then.
            }
        }
        push(node: .object(PickleObject(name(callable), tuple(arguments) ?? [arguments])))
    }

    private func isWrapper(_ arguments: PickleItem) -> Bool {
        if case .global(.arrayWrapper)? = tuple(arguments)?.first { true } else { false }
    }

    private func name(_ item: PickleItem?) -> String {
        switch item {
        case .global(let global): global.name
        case .node(let index):
            if case .object(let object) = nodes[index] { "what \(object.name) gives" } else { "an unknown class" }
        default: "an unknown class"
        }
    }

    /// Objects as older protocols, and calls with keywords, write them.
    mutating func pushObject(_ instruction: PickleInstruction) throws {
        switch instruction {
        case .instance:
            let name = try input.line() + "." + input.line()
            push(node: .object(PickleObject(name.shortened(to: 120), try popMark())))
        case .object:
            let items = try popMark()
            push(node: .object(PickleObject(name(items.first), Array(items.dropFirst()))))
        default:
            let keywords = try pop()
            let arguments = try pop()
            let object = PickleObject(name(try pop()), tuple(arguments) ?? [])
            object.state = keywords
            push(node: .object(object))
        }
    }

    /// What is kept outside of the pickle.
    mutating func pushReference(_ instruction: PickleInstruction) throws {
        switch instruction {
        case .persistentID: push(node: .object(PickleObject("persistent id", [.string(try input.line())])))
        case .binaryPersistentID: push(node: .object(PickleObject("persistent id", [try pop()])))
        case .extension1: push(node: .object(PickleObject("extension \(try input.byte())")))
        case .extension2: push(node: .object(PickleObject("extension \(try input.fixed(UInt16.self))")))
        case .extension4: push(node: .object(PickleObject("extension \(try input.fixed(UInt32.self))")))
        case .nextBuffer: push(node: .object(PickleObject("buffer outside of the file")))
        default: break
        }
    }

    /// Text or bytes of Python 2, taken for text if they can be.
    mutating func pushOldString(_ instruction: PickleInstruction) throws {
        let bytes: [UInt8]
        switch instruction {
        case .string:
            let line = try input.lineBytes()
            guard line.count >= 2 else { throw PickleProblem.damaged("a text in it has no quotation marks") }
            bytes = Array(line.dropFirst().dropLast())
        case .binaryString: bytes = try input.bytes(try input.length(UInt32.self))
        default: bytes = try input.bytes(Int(try input.byte()))
        }
        push(String(validating: bytes, as: UTF8.self).map { .string($0) } ?? .bytes(bytes))
    }

    /// Gives what is no array its state.
    mutating func describeState(of index: Int, _ state: PickleItem) {
        // A list or a dictionary with attributes of its own: they are left out.
        if case .object(let object) = nodes[index] { object.state = state }
    }

    // MARK: Arrays

    /// A type, records included: their fields are in its state.
    func describeRecord(_ type: inout NumPyType, _ state: [PickleItem], order: String) throws {
        if case .none = state[2], case .none = state[3] { return try completePlain(&type, state, order: order) }
        guard case .int(let size) = state[5], (0...1 << 30).contains(size), case .int(let flags) = state[7] else {
            throw Self.wrongArguments
        }
        // NPY_ITEM_REFCOUNT: a field holds Python objects.
        type = flags & 1 == 0 ? NumPyType(.void, itemSize: size) : NumPyType(.object, itemSize: 8)
    }

    /// An array whose elements the pickle itself holds.
    mutating func describedArray(
        shape: PickleItem,
        type: PickleItem,
        fortran: PickleItem,
        data: PickleItem
    ) throws -> PickleNode {
        if try self.type(type).kind == .object {
            return objects(shape: try self.shape(shape), data)
        }
        let (reading, bytes) = try parts(shape: shape, type: type, fortran: fortran, data: data)
        let input = PickleInput(MemorySource(bytes))
        guard let inspector else { throw Self.wrongArguments }
        return .summary(try inspector.summary(of: reading.layout, from: input))
    }

    /// An array of Python objects is a list of them.
    private func objects(shape: [Int], _ data: PickleItem) -> PickleNode {
        let object = PickleObject("numpy.ndarray of objects, shape \(JoblibError.tuple(shape))")
        if case .node(let index) = data, case .list(let items) = nodes[index] {
            object.elements = items
        } else {
            object.elements = [data]
        }
        return .object(object)
    }

    /// The array whose bytes, or whose pickle, lie behind its stand-in.
    mutating func describedArrayThatFollows(_ state: PickleItem, _ inspector: ArrayInspector) throws -> PickleNode {
        let (reading, canMap) = try wrapped(state)
        inspector.hasWrappers = true
        guard reading.layout.type.kind == .object else {
            return .summary(try inspector.summary(of: reading.layout, from: input, canMap: canMap))
        }
        guard nesting < Self.deepest else {
            throw PickleProblem.unsupported("arrays of objects are nested more than \(Self.deepest) levels deep")
        }
        let outer = (stack, marks, memo, version)
        (stack, marks, memo) = ([], [], [:])
        nesting += 1
        let item = try readItem()
        nesting -= 1
        (stack, marks, memo, version) = outer
        if case .node(let index) = item { return nodes[index] }
        return objects(shape: reading.layout.shape, item)
    }
}

extension PickleGlobal {
    /// The name in Python.
    var name: String {
        switch self {
        case .other(let name): name
        case .arrayWrapper: "joblib.numpy_pickle.NumpyArrayWrapper"
        case .arrayClass: "numpy.ndarray"
        case .arrayConstructor: "numpy.core.multiarray._reconstruct"
        case .arrayFromBuffer: "numpy.core.numeric._frombuffer"
        case .elementType: "numpy.dtype"
        case .scalar: "numpy.core.multiarray.scalar"
        case .set: "set"
        case .frozenSet: "frozenset"
        case .list: "list"
        case .tuple: "tuple"
        case .dictionary: "dict"
        case .bytes: "bytes"
        case .byteArray: "bytearray"
        case .complex: "complex"
        case .encode: "codecs.encode"
        case .objectConstructor: "copyreg._reconstructor"
        case .objectClass: "object"
        }
    }
}
