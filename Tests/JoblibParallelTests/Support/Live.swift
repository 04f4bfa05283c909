/// An object whose living instances are counted, to see that none is lost and none released twice.
final class Live: Sendable {
    /// Counts what comes and goes.
    final class Census: Sendable {
        let born = Tally()
        let died = Tally()

        var living: Int { born.value - died.value }
    }

    let number: Int
    private let census: Census

    init(_ number: Int, _ census: Census) {
        self.number = number
        self.census = census
        census.born.add()
    }

    deinit {
        census.died.add()
    }
}
