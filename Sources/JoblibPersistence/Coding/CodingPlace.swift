internal import JoblibCoding

/// Where in a value a coder is: the steps from the outermost value, the newest first.
final class CodingPlace: Sendable {
    let parent: CodingPlace?
    let step: PathComponent
    let depth: Int

    init(_ parent: CodingPlace?, _ step: PathComponent) {
        self.parent = parent
        self.step = step
        depth = (parent?.depth ?? 0) + 1
    }

    static func path(_ place: CodingPlace?) -> [any CodingKey] {
        var steps: [any CodingKey] = []
        var place = place
        while let current = place {
            steps.append(PlaceKey(current.step))
            place = current.parent
        }
        return steps.reversed()
    }
}

/// A step of a coding path.
struct PlaceKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = "Index \(intValue)"
        self.intValue = intValue
    }

    init(_ step: PathComponent) {
        switch step {
        case .key(let name): self.init(stringValue: name)
        case .index(let index): self.init(intValue: index)
        }
    }

    static let superKey = PlaceKey(stringValue: "super")

    /// A path as one would write it in Swift: `layers[3].weights`.
    static func text(of path: [any CodingKey]) -> String {
        PathComponent.text(
            of: path.map { key in
                if let index = key.intValue, key.stringValue == "Index \(index)" {
                    .index(index)
                } else {
                    .key(key.stringValue)
                }
            }
        )
    }
}
