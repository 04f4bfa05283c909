internal import OrderedCollections

/// A dictionary of a joblib file: keys of any kind, in the order of the file.
///
/// For example:
///
///     for (key, value) in dictionary { print(key, value) }
public struct JoblibDictionary: Sendable, Hashable {
    private var pairs: OrderedDictionary<JoblibValue, JoblibValue> = [:]

    /// A dictionary without entries.
    public init() {}

    /// A dictionary of pairs; of several values for one key the last one stays, at the place of the first.
    public init(_ pairs: some Sequence<(key: JoblibValue, value: JoblibValue)>) {
        for (key, value) in pairs { self.pairs[key] = value }
    }

    /// The value for a key, nil when there is none; setting nil removes it.
    public subscript(key: JoblibValue) -> JoblibValue? {
        get { pairs[key] }
        set { pairs[key] = newValue }
    }

    /// The value for a name; setting nil removes it.
    public subscript(key: String) -> JoblibValue? {
        get { pairs[.string(key)] }
        set { pairs[.string(key)] = newValue }
    }

    /// The keys in the order of the file.
    public var keys: [JoblibValue] { Array(pairs.keys) }

    /// Two dictionaries are equal when they have equal values for equal keys, in whatever order.
    public static func == (a: JoblibDictionary, b: JoblibDictionary) -> Bool {
        a.count == b.count && a.allSatisfy { b.pairs[$0.key] == $0.value }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(count)
        var sum = 0
        for (key, value) in self {
            var one = Hasher()
            one.combine(key)
            one.combine(value)
            sum &+= one.finalize()
        }
        hasher.combine(sum)
    }
}

extension JoblibDictionary: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { pairs.count }
    public subscript(position: Int) -> (key: JoblibValue, value: JoblibValue) {
        let element = pairs.elements[position]
        return (element.key, element.value)
    }
}
