/// Separates pairs into the array of their first and the array of their second values.
///
/// The way to read the results of tasks that return a tuple, as `zip(*results)` in Python.
///
/// ```swift
/// let (fractions, wholes) = unzip(try Parallel(jobs: 2)((0..<10).map { delayed(modf)(Double($0) / 2) }))
/// ```
///
/// - Parameter pairs: The pairs, without labels; read once.
/// - Returns: Two arrays as long as the sequence.
public func unzip<First, Second>(_ pairs: some Sequence<(First, Second)>) -> ([First], [Second]) {
    var first: [First] = []
    var second: [Second] = []
    first.reserveCapacity(pairs.underestimatedCount)
    second.reserveCapacity(pairs.underestimatedCount)
    for pair in pairs {
        first.append(pair.0)
        second.append(pair.1)
    }
    return (first, second)
}

/// Separates an array of pairs, whose values may have labels, into two arrays.
///
/// ```swift
/// let (means, deviations) = unzip(try Parallel().map(samples) { (mean: mean($0), deviation: deviation($0)) })
/// ```
///
/// - Parameter pairs: The pairs.
/// - Returns: Two arrays of the same length.
public func unzip<First, Second>(_ pairs: [(First, Second)]) -> ([First], [Second]) {
    (pairs.map(\.0), pairs.map(\.1))
}

/// Separates tuples of three or more values into an array for each position.
///
/// ```swift
/// let (names, sizes, dates) = unzip(try Parallel().map(files) { ($0.name, $0.size, $0.date) })
/// ```
///
/// - Parameter rows: The tuples, without labels; read once.
/// - Returns: As many arrays as a tuple has values, each as long as the sequence.
public func unzip<First, Second, Third, each Rest>(
    _ rows: some Sequence<(First, Second, Third, repeat each Rest)>
) -> ([First], [Second], [Third], repeat [each Rest]) {
    columns(of: rows)
}

/// Separates an array of triples, whose values may have labels, into three arrays.
///
/// - Parameter triples: The triples.
/// - Returns: Three arrays of the same length.
public func unzip<First, Second, Third>(_ triples: [(First, Second, Third)]) -> ([First], [Second], [Third]) {
    (triples.map(\.0), triples.map(\.1), triples.map(\.2))
}

// Apart from `unzip`, because a pack may also hold a single type: every sequence would then be one of tuples.
private func columns<each Value>(of rows: some Sequence<(repeat each Value)>) -> (repeat [each Value]) {
    let columns = (repeat Column<each Value>(capacity: rows.underestimatedCount))
    for row in rows {
        repeat (each columns).values.append(each row)
    }
    return (repeat (each columns).values)
}

// The elements of a tuple made from a pack cannot be changed in place; what they refer to can.
private final class Column<Element> {
    var values: [Element] = []

    init(capacity: Int) {
        values.reserveCapacity(capacity)
    }
}
