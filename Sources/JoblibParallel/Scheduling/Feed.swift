/// Takes elements from the caller's sequence, in the caller's own context: never on another thread, never two at once.
@usableFromInline
struct Feed<Element> {
    /// How many elements there are, when the sequence can tell without walking through itself.
    let count: Int?
    /// True for elements that are in memory already, so that nobody sees when they are taken.
    let isStored: Bool
    private let pull: (Int) -> [Element]

    @usableFromInline
    init(count: Int?, isStored: Bool = false, pull: @escaping (Int) -> [Element]) {
        self.count = count
        self.isStored = isStored
        self.pull = pull
    }

    @inlinable
    init<S: Sequence>(_ sequence: S) where S.Element == Element {
        let count = (sequence as? any RandomAccessCollection).map { $0.count }
        let isStored = sequence is [Element] || sequence is ArraySlice<Element> || sequence is Range<Int>
        var iterator = sequence.makeIterator()
        self.init(count: count, isStored: isStored) { wanted in
            var elements: [Element] = []
            elements.reserveCapacity(Swift.min(wanted, 1024))
            while elements.count < wanted, let element = iterator.next() { elements.append(element) }
            return elements
        }
    }

    /// The next elements, `wanted` of them; fewer at the end of the sequence.
    func take(_ wanted: Int) -> [Element] {
        pull(wanted)
    }
}
