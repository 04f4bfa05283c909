/// Reads one value written by Python's pickle, protocols 0 to 5, with joblib's arrays in it.
///
/// A pickle is a program for a machine with a stack. This is that machine without what makes pickles dangerous: the only
/// names it knows are those of ``PickleGlobal``. See Python's `pickletools.py` for what each instruction means, and
/// joblib's `numpy_pickle.py` for how arrays lie between them.
///
/// Whatever the file says, this neither recurses nor keeps more than a small multiple of the bytes that were read.
struct PickleReader {
    let input: PickleInput
    let mapsArrays: Bool
    /// Not nil: arrays are summarised instead of kept, and what no value stands for is described instead of refused.
    var inspector: ArrayInspector?
    var limits = PickleLimits()
    /// The protocol, which 0 and 1 do not tell.
    var version: UInt8?
    /// How many pickles this one is in.
    var nesting = 0

    var stack: [PickleItem] = []
    /// Where in `stack` each MARK lies.
    var marks: [Int] = []
    var memo: [Int: PickleItem] = [:]
    var nodes: [PickleNode] = []

    init(_ input: PickleInput, mapsArrays: Bool = false, inspector: ArrayInspector? = nil) {
        self.input = input
        self.mapsArrays = mapsArrays
        self.inspector = inspector
    }

    /// The value; bytes behind its end are not looked at.
    mutating func read() throws -> JoblibValue {
        let item = try readItem()
        var conversion = PickleConversion(nodes: nodes, limits: limits)
        return try conversion.value(of: item)
    }

    /// The value as it lies in ``nodes``.
    mutating func readItem() throws -> PickleItem {
        while true {
            let code = try input.byte()
            guard let instruction = PickleInstruction(rawValue: code) else {
                if input.position == 1 { throw PickleProblem.notPickle }
                throw PickleProblem.damaged("byte \(input.position - 1) is no instruction of a pickle")
            }
            if instruction == .stop { break }
            try perform(instruction)
        }
        guard stack.count == 1, marks.isEmpty else {
            throw PickleProblem.damaged("it ends with \(stack.count) values instead of one")
        }
        return stack[0]
    }

    // MARK: The stack

    mutating func push(_ item: PickleItem) { stack.append(item) }

    mutating func push(node: PickleNode) {
        nodes.append(node)
        stack.append(.node(nodes.count - 1))
    }

    private static let empty = PickleProblem.damaged("an instruction in it finds too few values")

    /// Never takes what lies below the newest mark.
    mutating func pop() throws -> PickleItem {
        guard stack.count > marks.last ?? 0, let item = stack.popLast() else { throw Self.empty }
        return item
    }

    func top() throws -> PickleItem {
        guard stack.count > marks.last ?? 0, let item = stack.last else { throw Self.empty }
        return item
    }

    mutating func popMark() throws -> [PickleItem] {
        guard let mark = marks.popLast() else { throw Self.empty }
        let items = Array(stack[mark...])
        stack.removeSubrange(mark...)
        return items
    }

    /// The place of the container on top of the stack.
    func topNode() throws -> Int {
        guard case .node(let index) = try top() else { throw PickleProblem.damaged("a value in it is no container") }
        return index
    }

    mutating func remember(_ key: Int) throws { memo[key] = try top() }

    mutating func recall(_ key: Int) throws {
        guard let item = memo[key] else { throw PickleProblem.damaged("it refers to a value that is not there") }
        push(item)
    }
}

extension PickleProblem {
    static let notPickle = PickleProblem.damaged("it does not begin as a joblib file does")
}
