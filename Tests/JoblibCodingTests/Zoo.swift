/// One type with a bit of everything that Codable knows.
struct Zoo: Codable, Equatable {
    enum Colour: String, Codable, CodingKeyRepresentable { case red, green }
    enum Event: Codable, Hashable {
        case started
        case moved(x: Int, y: Double)
        case named(String)
        indirect case both(Event, Event)
    }
    struct Point: Codable, Hashable {
        var x: Int
        var y: Int
    }
    struct Empty: Codable, Equatable {}
    final class Tree: Codable, Equatable {
        let name: String
        let children: [Tree]

        init(_ name: String, _ children: [Tree]) {
            self.name = name
            self.children = children
        }

        static func == (a: Tree, b: Tree) -> Bool { a.name == b.name && a.children == b.children }
    }

    var integers: [Int]
    var small: Int8
    var large: UInt64
    var huge: Int128
    var double: Double
    var float: Float
    var flags: [Bool]
    var text: String
    var character: Character.Box
    var matrix: [[Double]]
    var slice: ContiguousArray<Int16>
    var maybe: String?
    var twice: Int??
    var thrice: [Int???]
    var words: [String: Int]
    var places: [Point: Colour]
    var colours: [Colour: [Point?]]
    var numbers: [Int: Double]
    var points: Set<Point>
    var events: [Event]
    var empty: Empty
    var tree: Tree
    var range: Range<Int>
    var duration: Duration
    var vector: SIMD4<Float>
    var vectors: [SIMD2<Double>]
    var threes: [SIMD3<Float>]

    static func random(_ g: inout Generator) -> Zoo {
        let thrice: [Int???] = [nil, .some(nil), .some(.some(nil)), 7]
        let twice: [Int??] = [nil, .some(nil), 3]
        return Zoo(
            integers: g.list(9) { $0.integer() },
            small: Int8(truncatingIfNeeded: g.next()),
            large: g.chance(3) ? .max : g.next(),
            huge: Int128(g.integer()) * Int128(g.integer()),
            double: Double(g.integer()) / 7,
            float: Float(g.integer()),
            flags: g.list { $0.chance(2) },
            text: g.text(),
            character: .init(value: g.chance(2) ? "👨‍👩‍👧‍👦" : "a"),
            matrix: g.list { $0.list { Double($0.integer()) } },
            slice: ContiguousArray(g.list { Int16(truncatingIfNeeded: $0.integer()) }),
            maybe: g.chance(2) ? nil : g.text(),
            twice: twice.randomElement(using: &g) ?? nil,
            thrice: g.list { thrice.randomElement(using: &$0) ?? nil },
            words: Dictionary(g.list(90) { ($0.text(), $0.integer()) }) { a, _ in a },
            places: Dictionary(g.list { (point(&$0), $0.chance(2) ? .red : .green) }) { a, _ in a },
            colours: Dictionary(
                g.list(2) { ($0.chance(2) ? .red : .green, $0.list { $0.chance(2) ? nil : point(&$0) }) }
            ) { a, _ in a },
            numbers: Dictionary(g.list { ($0.integer(), Double($0.integer())) }) { a, _ in a },
            points: Set(g.list { point(&$0) }),
            events: g.list { event(&$0, 4) },
            empty: Empty(),
            tree: tree(&g, 3),
            range: 0..<abs(g.integer() / 2),
            duration: .nanoseconds(g.integer()),
            vector: SIMD4(1, -0.0, .infinity, Float(g.integer())),
            vectors: g.list { SIMD2(Double($0.integer()), 2) },
            threes: g.list { SIMD3(Float($0.integer()), 2, 3) }
        )
    }

    static func point(_ g: inout Generator) -> Point { Point(x: g.integer(), y: g.integer()) }

    static func event(_ g: inout Generator, _ depth: Int) -> Event {
        if depth > 0, g.chance(3) { return .both(event(&g, depth - 1), event(&g, depth - 1)) }
        if g.chance(3) { return .started }
        return g.chance(2) ? .named(g.text()) : .moved(x: g.integer(), y: Double(g.integer()))
    }

    static func tree(_ g: inout Generator, _ depth: Int) -> Tree {
        Tree(g.text(), depth == 0 ? [] : g.list(2) { tree(&$0, depth - 1) })
    }
}

extension Character {
    /// `Character` itself is not Codable: it travels as a string of one.
    struct Box: Codable, Equatable {
        var value: Character

        init(value: Character) { self.value = value }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            let text = try container.decode(String.self)
            guard text.count == 1, let value = text.first else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "not one character")
            }
            self.value = value
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(String(value))
        }
    }
}
