/// Turns what a ``PickleReader`` has built into values that cannot change and cannot contain themselves.
struct PickleConversion {
    private struct Done {
        var value: JoblibValue
        /// Levels of containers.
        var height: Int
        /// Values in it, those that are there several times counted as often.
        var size: Int
        var isHashable: Bool
    }

    /// A container being converted.
    private struct Frame {
        var node: Int
        var items: [PickleItem]
        var values: [Done] = []
    }

    let nodes: [PickleNode]
    let limits: PickleLimits
    /// What was converted; a value that is in several places is converted, and kept, once.
    private var done: [Done?]
    private var isOpen: [Bool]

    init(nodes: [PickleNode], limits: PickleLimits) {
        self.nodes = nodes
        self.limits = limits
        done = Array(repeating: nil, count: nodes.count)
        isOpen = Array(repeating: false, count: nodes.count)
    }

    /// Without recursion: the file decides how deep it goes.
    mutating func value(of item: PickleItem) throws(PickleProblem) -> JoblibValue {
        var frames: [Frame] = []
        var result = try step(into: item, &frames)
        while let last = frames.indices.last {
            if let found = result {
                frames[last].values.append(found)
                result = nil
            } else if frames[last].values.count < frames[last].items.count {
                result = try step(into: frames[last].items[frames[last].values.count], &frames)
            } else {
                let frame = frames.removeLast()
                let finished = try finish(frame, depth: frames.count)
                done[frame.node] = finished
                isOpen[frame.node] = false
                result = finished
            }
        }
        guard let result else { throw .damaged("it holds no value") }
        return result.value
    }

    /// The value if it needs no work; else a new frame for it.
    private mutating func step(into item: PickleItem, _ frames: inout [Frame]) throws(PickleProblem) -> Done? {
        func simple(_ value: JoblibValue) -> Done { Done(value: value, height: 0, size: 1, isHashable: true) }
        switch item {
        case .none: return simple(.none)
        case .bool(let value): return simple(.bool(value))
        case .int(let value): return simple(.int(value))
        case .bigInteger(let value): return simple(.bigInteger(value))
        case .float(let value): return simple(.float(value))
        case .string(let value): return simple(.string(value))
        case .bytes(let value): return simple(.bytes(value))
        case .global:
            throw .unsupported("it holds a class or function of Python's, and not only values")
        case .node(let index):
            if let finished = done[index] {
                guard frames.count + finished.height <= limits.depth else { throw tooDeep }
                return finished
            }
            guard !isOpen[index] else { throw .unsupported("a container in it contains itself") }
            switch nodes[index] {
            case .list(let items), .tuple(let items), .dictionary(let items), .set(let items), .frozenSet(let items):
                guard frames.count < limits.depth else { throw tooDeep }
                isOpen[index] = true
                frames.append(Frame(node: index, items: items))
                return nil
            case .bytes(let value): return Done(value: .bytes(value), height: 0, size: 1, isHashable: false)
            case .value(let value):
                if case .array = value { return Done(value: value, height: 0, size: 1, isHashable: false) }
                return simple(value)
            case .type: throw .unsupported("it holds a NumPy dtype, which no value here stands for")
            case .unfinishedArray, .wrapper, .plain, .summary, .object:
                throw .damaged("an object in it was never completed")
            }
        }
    }

    private var tooDeep: PickleProblem { .unsupported("its values are nested more than \(limits.depth) levels deep") }

    private func finish(_ frame: Frame, depth: Int) throws(PickleProblem) -> Done {
        var result = Done(value: .none, height: 1, size: 1, isHashable: false)
        for child in frame.values {
            result.height = max(result.height, child.height + 1)
            let (sum, overflow) = result.size.addingReportingOverflow(child.size)
            result.size = overflow ? .max : sum
        }
        switch nodes[frame.node] {
        case .list: result.value = .list(frame.values.map(\.value))
        case .tuple:
            result.value = .tuple(frame.values.map(\.value))
            result.isHashable = frame.values.allSatisfy(\.isHashable)
        case .set, .frozenSet:
            for element in frame.values { try checkKey(element, "a set has an element") }
            result.value = .set(Set(frame.values.map(\.value)))
            if case .frozenSet = nodes[frame.node] { result.isHashable = true }
        default:
            var dictionary = JoblibDictionary()
            for place in stride(from: 0, to: frame.values.count, by: 2) {
                try checkKey(frame.values[place], "a dictionary has a key")
                dictionary[frame.values[place].value] = frame.values[place + 1].value
            }
            result.value = .dictionary(dictionary)
        }
        return result
    }

    private func checkKey(_ key: Done, _ what: String) throws(PickleProblem) {
        guard key.isHashable else { throw .damaged("\(what) that Python cannot hash") }
        guard key.size <= limits.keySize else { throw .unsupported("\(what) of more than \(limits.keySize) values") }
    }
}
