extension PickleReader {
    /// Does what one instruction says.
    mutating func perform(_ instruction: PickleInstruction) throws {
        switch instruction {
        case .stop: break
        case .mark: marks.append(stack.count)
        case .pop:
            // Python writes it for a mark, too.
            if let mark = marks.last, mark == stack.count { marks.removeLast() } else { _ = try pop() }
        case .popMark: _ = try popMark()
        case .duplicate: push(try top())
        case .proto:
            let version = try input.byte()
            self.version = version
            guard version <= 5 else {
                throw PickleProblem.unsupported("it is written in pickle protocol \(version), which is newer than 5")
            }
        // Frames only help those who read from a pipe.
        case .frame: _ = try input.fixed(UInt64.self)

        case .none: push(.none)
        case .newTrue: push(.bool(true))
        case .newFalse: push(.bool(false))
        case .integer, .long: push(try decimal(input.line()))
        case .binaryInteger: push(.int(Int(Int32(bitPattern: try input.fixed(UInt32.self)))))
        case .binaryInteger1: push(.int(Int(try input.byte())))
        case .binaryInteger2: push(.int(Int(try input.fixed(UInt16.self))))
        case .long1: push(whole(try input.bytes(Int(try input.byte()))))
        case .long4: push(whole(try input.bytes(try input.length(UInt32.self))))
        case .float:
            guard let number = Double(try input.line()) else { throw PickleProblem.damaged("a number in it is none") }
            push(.float(number))
        case .binaryFloat: push(.float(Double(bitPattern: try input.fixed(UInt64.self).byteSwapped)))

        case .unicode: push(.string(Self.unescaped(try input.lineBytes())))
        case .shortBinaryUnicode: push(.string(try input.text(Int(try input.byte()))))
        case .binaryUnicode: push(.string(try input.text(try input.length(UInt32.self))))
        case .binaryUnicode8: push(.string(try input.text(try input.length(UInt64.self))))
        case .shortBinaryBytes: push(.bytes(try input.bytes(Int(try input.byte()))))
        case .binaryBytes: push(.bytes(try input.bytes(try input.length(UInt32.self))))
        case .binaryBytes8: push(.bytes(try input.bytes(try input.length(UInt64.self))))
        case .byteArray8: push(node: .bytes(try input.bytes(try input.length(UInt64.self))))
        case .string, .binaryString, .shortBinaryString:
            if inspector != nil { return try pushOldString(instruction) }
            throw PickleProblem.unsupported(
                "it was written by Python 2, whose strings are text or bytes alike",
                "Load and dump it again with Python 3."
            )

        case .emptyList: push(node: .list([]))
        case .emptyDictionary: push(node: .dictionary([]))
        case .emptySet: push(node: .set([]))
        case .emptyTuple: push(node: .tuple([]))
        case .list: push(node: .list(try popMark()))
        case .dictionary:
            let items = try popMark()
            try Self.checkPairs(items)
            push(node: .dictionary(items))
        case .tuple: push(node: .tuple(try popMark()))
        case .tuple1: push(node: .tuple([try pop()]))
        case .tuple2: push(node: .tuple(try popLast(2)))
        case .tuple3: push(node: .tuple(try popLast(3)))
        case .frozenSet: push(node: .frozenSet(try popMark()))
        case .append: try add([try pop()])
        case .appends, .addItems: try add(try popMark())
        case .setItem: try set(try popLast(2))
        case .setItems: try set(try popMark())

        case .put: try remember(try number(input.line()))
        case .binaryPut: try remember(Int(try input.byte()))
        case .longBinaryPut: try remember(Int(try input.fixed(UInt32.self)))
        case .memoize: try remember(memo.count)
        case .get: try recall(try number(input.line()))
        case .binaryGet: try recall(Int(try input.byte()))
        case .longBinaryGet: try recall(Int(try input.fixed(UInt32.self)))

        case .global: try pushGlobal(module: input.line(), name: input.line())
        case .stackGlobal:
            guard case .string(let name) = try pop(), case .string(let module) = try pop() else {
                throw PickleProblem.damaged("a name in it is no text")
            }
            try pushGlobal(module: module, name: name)
        case .reduce, .newObject:
            let arguments = try pop()
            try construct(try pop(), arguments)
        case .newObjectWithKeywords, .instance, .object:
            if inspector != nil { return try pushObject(instruction) }
            throw PickleProblem.unsupported("it holds an object made in a way that no known type is")
        case .build:
            let state = try pop()
            try build(state)

        case .persistentID, .binaryPersistentID:
            if inspector != nil { return try pushReference(instruction) }
            throw PickleProblem.unsupported("it refers to something kept outside of it (a persistent id)")
        case .extension1, .extension2, .extension4:
            if inspector != nil { return try pushReference(instruction) }
            throw PickleProblem.unsupported(
                "it uses a code of Python's extension registry, which only its writer knows"
            )
        case .nextBuffer, .readOnlyBuffer:
            if inspector != nil { return try pushReference(instruction) }
            throw PickleProblem.unsupported("it refers to a buffer that was kept outside of it")
        }
    }

    private mutating func popLast(_ count: Int) throws -> [PickleItem] {
        var items: [PickleItem] = []
        for _ in 0..<count { items.append(try pop()) }
        return items.reversed()
    }

    private mutating func pushGlobal(module: String, name: String) throws {
        do throws(PickleProblem) {
            push(.global(try PickleGlobal.find(module: module, name: name)))
        } catch {
            guard inspector != nil else { throw error }
            push(.global(.other((module + "." + name).shortened(to: 120))))
        }
    }

    /// Adds elements to the list or set on top.
    private mutating func add(_ items: [PickleItem]) throws {
        let index = try topNode()
        // Taken out meanwhile, so that the elements are not copied.
        var node = PickleNode.plain
        swap(&node, &nodes[index])
        defer { swap(&node, &nodes[index]) }
        switch node {
        case .list(var elements):
            node = .plain
            elements += items
            node = .list(elements)
        case .set(var elements):
            node = .plain
            elements += items
            node = .set(elements)
        case .object(let object):
            object.elements += items
        default: throw PickleProblem.damaged("elements are added to what is no list and no set")
        }
    }

    private static func checkPairs(_ items: [PickleItem]) throws {
        if items.count % 2 != 0 { throw PickleProblem.damaged("a dictionary has a key without a value") }
    }

    /// Adds keys and values to the dictionary on top.
    private mutating func set(_ items: [PickleItem]) throws {
        try Self.checkPairs(items)
        let index = try topNode()
        var node = PickleNode.plain
        swap(&node, &nodes[index])
        defer { swap(&node, &nodes[index]) }
        if case .object(let object) = node {
            object.entries += items
            return
        }
        guard case .dictionary(var entries) = node else {
            throw PickleProblem.damaged("an entry is added to what is no dictionary")
        }
        node = .plain
        entries += items
        node = .dictionary(entries)
    }
}
