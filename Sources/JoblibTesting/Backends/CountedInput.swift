internal import Synchronization

/// An endless input that knows how much of it has been taken.
final class CountedInput: Sequence, IteratorProtocol, Sendable {
    private let position = Atomic(0)

    var taken: Int { position.load(ordering: .relaxed) }

    func next() -> Int? {
        position.wrappingAdd(1, ordering: .relaxed).oldValue
    }
}
