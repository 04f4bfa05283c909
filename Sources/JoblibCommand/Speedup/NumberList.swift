internal import ArgumentParser

/// Numbers on the command line: `4`, or several with commas between, `1,2,4`.
struct NumberList: ExpressibleByArgument, Sendable, Hashable {
    var numbers: [Int]

    init?(argument: String) {
        var numbers: [Int] = []
        for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
            guard let number = Int(part.filter { $0 != "_" }) else { return nil }
            numbers.append(number)
        }
        self.numbers = numbers
    }

    /// All numbers of several lists, each once, ascending.
    static func union(_ lists: [NumberList]) -> [Int] { Set(lists.flatMap(\.numbers)).sorted() }
}
