import Testing

@testable import JoblibSystem

struct PortableSample<each Argument, Result> {}
protocol PortableProtocol<Item> { associatedtype Item }
private struct PrivateSample {}
private enum FilePrivateSample<Item> {}
extension Array { struct PortableNested {} }

@Suite("Types for other processes")
struct PortableTypeTests {
    @Test(
        "A type is found again by its name",
        arguments: [
            Int.self, [String: [Int?]].self, PortableSample<Int, String, Bool>.self, PortableSample<Int>.self,
            (Int, label: String).self, ((Int) throws -> Void).self, (@Sendable (Int) async throws -> Int).self,
            (any PortableProtocol).self, Any.self, (any Error).self, Int.Type.self, [Int].PortableNested.self,
            AnyObject.self, Void.self, (@MainActor () -> Void).self, PortableSample<(inout Int) -> Int, [Int]>.self,
        ] as [Any.Type]
    )
    func found(_ type: Any.Type) throws {
        for _ in 0..<2 {
            var bytes: [UInt8] = []
            try PortableType(type).write(to: &bytes)
            var rest = bytes[...]
            let read = try #require(PortableType(reading: &rest))
            #expect(rest.isEmpty)
            #expect(read.resolve() == type)
            #expect(try read == PortableType(type))
        }
    }

    @Test("A private, fileprivate or local type is refused by name, also within another type")
    func hidden() {
        struct Local {}
        let types: [(Any.Type, String)] = [
            (PrivateSample.self, "PrivateSample"), ([PrivateSample].self, "Array<PrivateSample>"),
            (FilePrivateSample<Int>.self, "FilePrivateSample<Int>"), (Local.self, "Local"),
            (PortableSample<Local, Int>.self, "PortableSample<Pack{Local}, Int>"),
            (((PrivateSample) -> Void).self, "(PrivateSample) -> ()"),
        ]
        for (type, name) in types {
            for _ in 0..<2 {
                #expect(throws: RefusedType(reason: .hidden, typeName: name)) { try PortableType(type) }
            }
        }
        #expect("\(RefusedType(reason: .hidden, typeName: "Local"))".contains("Make it internal"))
    }

    @Test("A type that the runtime does not find by name is refused")
    func unnamed() {
        #expect(throws: RefusedType.self) { try PortableType((any PortableProtocol<Int>).self) }
    }

    @Test(
        "Names that are none, or that lead into memory, give no type",
        arguments: ["", "Xx", "\u{1}abcd", "1t13$55a6ba1e5b68yXZ4PrivV", "SaySaySay", "\u{ff}", "4Four", "Si Si"]
    )
    func wrongNames(_ name: String) {
        var bytes: [UInt8] = []
        ByteCoding.append(name.utf8, to: &bytes)
        var rest = bytes[...]
        #expect(PortableType(reading: &rest)?.resolve() == nil)
    }

    @Test("A name that nests without end gives no type")
    func deepName() {
        for unit in ["Say", "Sg", "t", "y"] {
            var bytes: [UInt8] = []
            ByteCoding.append(String(repeating: unit, count: (1 << 14) / unit.utf8.count).utf8, to: &bytes)
            var rest = bytes[...]
            #expect(PortableType(reading: &rest)?.resolve() == nil)
        }
    }
}
