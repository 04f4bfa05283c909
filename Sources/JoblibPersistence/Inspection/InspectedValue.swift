/// A value in a file that is looked at: what it is, and what is in it.
///
/// The parts are made when they are asked for: a file may hold more of them than anybody wants to see, and one that
/// contains itself has no end.
package struct InspectedValue {
    package enum Kind {
        case none
        case bool(Bool)
        /// A number by its digits, as Python shows it.
        case integer(String)
        case float(Double)
        case complex(String)
        case string(String)
        case bytes([UInt8])
        case list
        case tuple
        case set
        case dictionary
        case array(ArraySummary)
        /// What no value stands for, by the name of its class or of what makes it.
        case object(String)
        /// A class or function by its name.
        case global(String)
        /// The type of an array's elements.
        case elementType(NumPyType)
        /// A file of several arrays.
        case archive
    }

    private enum Content {
        case item(PickleItem, PickleContents)
        case value(JoblibValue)
        case summary(ArraySummary)
        case archive([(String, InspectedValue)])
    }

    private let content: Content
    /// Which container of a pickle this is, to recognise one that contains itself.
    package let identity: Int?
    package let kind: Kind

    package init(_ summary: ArraySummary) {
        content = .summary(summary)
        identity = nil
        kind = .array(summary)
    }

    init(archive members: [(String, InspectedValue)]) {
        content = .archive(members)
        identity = nil
        kind = .archive
    }

    init(_ item: PickleItem, in contents: PickleContents) {
        content = .item(item, contents)
        if case .node(let index) = item { identity = index } else { identity = nil }
        kind = contents.kind(of: item)
    }

    init(_ value: JoblibValue) {
        content = .value(value)
        identity = nil
        kind = PickleContents.kind(of: value)
    }

    /// How many parts there are.
    package var count: Int {
        switch content {
        case .item(let item, let contents): contents.count(of: item)
        case .archive(let members): members.count
        case .value, .summary: 0
        }
    }

    /// A part.
    ///
    /// - Parameter index: Less than ``count``.
    package func part(_ index: Int) -> (step: InspectedStep, value: InspectedValue) {
        switch content {
        case .item(let item, let contents):
            let (step, part) = contents.part(index, of: item)
            return (step, InspectedValue(part, in: contents))
        case .archive(let members): return (.name(members[index].0), members[index].1)
        case .value, .summary: return (.index(index), self)
        }
    }

    /// The part that some steps lead to.
    ///
    /// - Returns: The part and the steps as they are, or how far one comes.
    package func part(at written: [InspectedStep]) -> (value: InspectedValue, steps: [InspectedStep], isFound: Bool) {
        var value = self
        var steps: [InspectedStep] = []
        for step in written {
            // A list's own places need no search.
            if case .index(let index) = step, index >= 0, index < value.count, value.part(index).step == step {
                value = value.part(index).value
                steps.append(step)
                continue
            }
            guard let index = (0..<value.count).first(where: { value.part($0).step.isMeant(by: step) }) else {
                return (value, steps, false)
            }
            let part = value.part(index)
            value = part.value
            steps.append(part.step)
        }
        return (value, steps, true)
    }
}
