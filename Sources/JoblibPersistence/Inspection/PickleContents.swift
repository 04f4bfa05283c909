/// What a ``PickleReader`` has left behind, for those who look at it part by part.
final class PickleContents {
    private let nodes: [PickleNode]

    init(_ nodes: [PickleNode]) {
        self.nodes = nodes
    }

    func kind(of item: PickleItem) -> InspectedValue.Kind {
        switch item {
        case .none: return .none
        case .bool(let value): return .bool(value)
        case .int(let value): return .integer(String(value))
        case .bigInteger(let value): return .integer(Self.text(of: value))
        case .float(let value): return .float(value)
        case .string(let value): return .string(value)
        case .bytes(let value): return .bytes(value)
        case .global(let global): return .global(global.name)
        case .node(let index):
            switch nodes[index] {
            case .list: return .list
            case .tuple: return .tuple
            case .dictionary: return .dictionary
            case .set, .frozenSet: return .set
            case .bytes(let value): return .bytes(value)
            case .value(let value): return Self.kind(of: value)
            case .type(let type): return .elementType(type)
            case .summary(let summary): return .array(summary)
            case .object(let object): return .object(object.name)
            case .unfinishedArray, .wrapper, .plain: return .object("an object that was never completed")
            }
        }
    }

    static func kind(of value: JoblibValue) -> InspectedValue.Kind {
        switch value {
        case .none: .none
        case .bool(let value): .bool(value)
        case .int(let value): .integer(String(value))
        case .bigInteger(let value): .integer(text(of: value))
        case .float(let value): .float(value)
        case .complex: .complex("\(value)")
        case .string(let value): .string(value)
        case .bytes(let value): .bytes(value)
        case .list: .list
        case .tuple: .tuple
        case .set: .set
        case .dictionary: .dictionary
        // A date: NumPy's number that Python has no other for.
        case .array(let array):
            .object("numpy.\(array.type.name) \(scalar(array))")
        }
    }

    private static func scalar(_ array: JoblibArray) -> String {
        guard array.count > 0, case .int(let value) = array.value(at: 0), array.type.isTime else { return "" }
        return array.type.timeText(Int64(value))
    }

    /// The digits, or how many bytes there are where nobody wants them.
    private static func text(of number: BigInteger) -> String {
        number.bytes.count > 100 ? "an integer of \(number.bytes.count) bytes" : "\(number)"
    }

    func count(of item: PickleItem) -> Int {
        guard case .node(let index) = item else { return 0 }
        return switch nodes[index] {
        case .list(let items), .tuple(let items), .set(let items), .frozenSet(let items): items.count
        case .dictionary(let items): items.count / 2
        case .object(let object): parts(of: object).count
        default: 0
        }
    }

    /// A part of a container.
    func part(_ number: Int, of item: PickleItem) -> (InspectedStep, PickleItem) {
        guard case .node(let index) = item else { return (.index(number), item) }
        switch nodes[index] {
        case .list(let items), .tuple(let items), .set(let items), .frozenSet(let items):
            return (.index(number), items[number])
        case .dictionary(let items): return (step(items[2 * number]), items[2 * number + 1])
        case .object(let object): return parts(of: object)[number]
        default: return (.index(number), item)
        }
    }

    /// What an object's state says, by name if it is a dictionary, or one and another of `__slots__`.
    private func attributes(_ object: PickleObject) -> [(InspectedStep, PickleItem)] {
        guard let state = object.state else { return [] }
        guard case .node(let index) = state else { return [(.name("state"), state)] }
        switch nodes[index] {
        case .dictionary(let items): return pairs(items)
        case .tuple(let parts) where parts.count == 2:
            var all: [(InspectedStep, PickleItem)] = []
            for part in parts {
                if case .none = part { continue }
                guard case .node(let index) = part, case .dictionary(let items) = nodes[index] else {
                    return [(.name("state"), state)]
                }
                all += pairs(items)
            }
            return all
        default: return [(.name("state"), state)]
        }
    }

    /// Arguments, attributes, elements and entries.
    private func parts(of object: PickleObject) -> [(InspectedStep, PickleItem)] {
        if let parts = object.parts { return parts }
        var parts = object.arguments.enumerated().map { (InspectedStep.argument($0.offset), $0.element) }
        parts += attributes(object)
        parts += object.elements.enumerated().map { (.index($0.offset), $0.element) }
        parts += pairs(object.entries)
        object.parts = parts
        return parts
    }

    private func pairs(_ items: [PickleItem]) -> [(InspectedStep, PickleItem)] {
        stride(from: 0, to: items.count - 1, by: 2).map { (step(items[$0]), items[$0 + 1]) }
    }

    private func step(_ key: PickleItem) -> InspectedStep {
        if case .string(let name) = key { return .name(name) }
        return .key(text(of: key, depth: 0))
    }

    /// A key as Python shows it, cut short.
    private func text(of item: PickleItem, depth: Int) -> String {
        switch kind(of: item) {
        case .none: return "None"
        case .bool(let value): return value ? "True" : "False"
        case .integer(let text), .complex(let text), .object(let text), .global(let text): return text
        case .float(let value): return "\(value)"
        case .string(let text): return "'" + text.shortened(to: 40) + "'"
        case .bytes(let bytes): return "\(bytes.count) bytes"
        case .tuple where depth < 3:
            let parts = (0..<min(count(of: item), 8)).map { text(of: part($0, of: item).1, depth: depth + 1) }
            return "(" + parts.joined(separator: ", ") + (count(of: item) > 8 ? ", …)" : ")")
        default: return "…"
        }
    }
}
