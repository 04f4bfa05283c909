/// The keys that values of one key type used so far, in the order of their first use.
///
/// A synthesized `encode(to:)` writes the same keys in the same order each time, so that the next key is known before it
/// is looked at.
final class KeyShape {
    // Unchecked: looking a key up calls nothing that could change them meanwhile, and happens for each key of each value.
    @safe @exclusivity(unchecked) private(set) var names: [String] = []
    /// Places in the message's table of keys.
    @safe @exclusivity(unchecked) private(set) var places: [UInt64] = []
    private var order: [String: Int] = [:]

    /// Types whose keys are data, such as dictionaries, would fill the table: further keys are written in place.
    static let mostKeys = 64

    /// Where `name` is among `names`; `hint` is where it is expected.
    @inline(__always)
    func find(_ name: String, hint: Int) -> Int? {
        if hint < names.count, names[hint] == name { return hint }
        return order[name]
    }

    func add(_ name: String, place: UInt64) -> Int {
        order[name] = names.count
        names.append(name)
        places.append(place)
        return names.count - 1
    }
}
