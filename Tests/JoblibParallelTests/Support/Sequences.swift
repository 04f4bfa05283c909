/// A sequence that can only be read one element after the other: nobody knows how many there are.
struct Stepwise<Element: Sendable>: Sequence, Sendable {
    let elements: [Element]

    init(_ elements: some Sequence<Element>) {
        self.elements = Array(elements)
    }

    struct Iterator: IteratorProtocol {
        var rest: ArraySlice<Element>

        mutating func next() -> Element? { rest.popFirst() }
    }

    func makeIterator() -> Iterator { Iterator(rest: elements[...]) }
}

/// A collection whose indices do not begin at 0 and are not next to each other in memory.
struct Spaced: RandomAccessCollection, Sendable {
    let count: Int

    var startIndex: Int { 100 }
    var endIndex: Int { 100 + count }

    subscript(position: Int) -> Int { (position - 100) * 3 }
}

/// Numbers without an end; calls `onNext` with each before it is handed out.
struct Naturals: Sequence {
    var limit = Int.max
    var onNext: (Int) -> Void = { _ in }

    struct Iterator: IteratorProtocol {
        let limit: Int
        let onNext: (Int) -> Void
        var number = 0

        mutating func next() -> Int? {
            guard number < limit else { return nil }
            defer { number += 1 }
            onNext(number)
            return number
        }
    }

    func makeIterator() -> Iterator { Iterator(limit: limit, onNext: onNext) }
}
