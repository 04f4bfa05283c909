#if Macros
/// How far a name is from another one.
enum Spelling {
    /// The Levenshtein distance: how many characters must be changed, put in or left out.
    static func distance(_ first: String, _ second: String) -> Int {
        let second = Array(second.lowercased())
        var row = Array(0...second.count)
        for (place, letter) in first.lowercased().enumerated() {
            var diagonal = row[0]
            row[0] = place + 1
            for column in second.indices {
                let change = diagonal + (letter == second[column] ? 0 : 1)
                diagonal = row[column + 1]
                row[column + 1] = min(change, diagonal + 1, row[column] + 1)
            }
        }
        return row[second.count]
    }
}
#endif
