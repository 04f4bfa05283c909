/// What the writers of one message share.
final class EncodingSession {
    let limits: CodingLimits
    let isCanonical: Bool
    let sink: (any ArraySink)?
    let userInfo: [CodingUserInfoKey: Any]

    /// The first misuse that could not be thrown where it happened.
    var deferred: EncodingError?

    /// Where the first error was thrown that does not say so itself.
    var failurePath: [PathComponent]?

    private(set) var keys: [String] = []
    private var places: [String: UInt64] = [:]
    private var shapes: [ObjectIdentifier: KeyShape] = [:]
    // Unchecked: read and replaced as a whole, for each value with keys.
    @safe @exclusivity(unchecked) private var latest: (id: ObjectIdentifier, shape: KeyShape)?
    private let types = SpecialTypes()

    init(_ encoder: BinaryEncoder) {
        limits = encoder.limits
        isCanonical = encoder.isCanonical
        sink = encoder.arraySink
        userInfo = encoder.userInfo
    }

    func special(_ type: Any.Type) -> SpecialType { types.find(type) }

    func shape(of type: Any.Type) -> KeyShape {
        let id = ObjectIdentifier(type)
        if let latest, latest.id == id { return latest.shape }
        let shape: KeyShape
        if let known = shapes[id] {
            shape = known
        } else {
            shape = KeyShape()
            shapes[id] = shape
        }
        latest = (id, shape)
        return shape
    }

    /// The place of `name` in the table, added if it is new.
    func place(of name: String) -> UInt64 {
        if let place = places[name] { return place }
        let place = KeyToken.firstInTable + UInt64(keys.count)
        keys.append(name)
        places[name] = place
        return place
    }
}
