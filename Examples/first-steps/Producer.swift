/// Numbers made one by one, each announced when it is made.
///
/// Being lazy, its `map` is lazy too: an element exists only once `Parallel` asks for it.
struct Producer: LazySequenceProtocol, IteratorProtocol {
    private let count: Int
    private var produced = 0

    init(count: Int) {
        self.count = count
    }

    mutating func next() -> Double? {
        guard produced < count else { return nil }
        defer { produced += 1 }
        print("Produced \(produced)")
        return Double(produced)
    }
}
