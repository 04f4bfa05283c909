internal import JoblibMemory

extension StoreConformance {
    var entryChecks: [Check] {
        [
            Check("What was not put is nil, and removing it is no error") {
                let (store, key) = (try make(), try Self.key(1))
                try Self.expect(store, key, holds: nil)
                try Self.expect(!store.delete(key), "delete said that there was an entry")
                try store.deleteAll(of: nil)
                try Self.expect(store.list().isEmpty, "an empty store lists entries")
            },
            Check("An entry is what was put, whatever its length") {
                let store = try make()
                for (number, count) in [0, 1, 4095, 4096, 4097, 100_000, 3_000_001].enumerated() {
                    let (key, content) = (try Self.key(number), Self.content(number, count: count))
                    try store.put(content, for: key)
                    try Self.expect(store, key, holds: content)
                }
            },
            Check("A put replaces what was there, and an entry that was got before stays as it was") {
                let (store, key) = (try make(), try Self.key(1))
                try store.put(Self.content(1, count: 50_000), for: key)
                guard let before = try store.get(key) else { throw ConformanceViolation("the entry is not there") }
                try store.put(Self.content(2, count: 7), for: key)
                try Self.expect(store, key, holds: Self.content(2, count: 7))
                try Self.expect(before.bytes() == Self.content(1, count: 50_000).bytes, "the former entry has changed")
                try store.delete(key)
                try Self.expect(before.bytes().count == 50_000, "the former entry has changed when it was deleted")
            },
            Check("Deleting one entry leaves the others") {
                let store = try make()
                for number in 0..<3 { try store.put(Self.content(number), for: Self.key(number)) }
                try Self.expect(store.delete(Self.key(1)), "delete said that there was no entry")
                try Self.expect(store, Self.key(0), holds: Self.content(0))
                try Self.expect(store, Self.key(1), holds: nil)
                try Self.expect(store, Self.key(2), holds: Self.content(2))
            },
            Check("Functions have entries of their own, and can be emptied") {
                let store = try make()
                for function in ["f", "g", "%67"] { try store.put(Self.content(1), for: Self.key(1, of: function)) }
                try store.deleteAll(of: "g")
                try Self.expect(store, Self.key(1, of: "f"), holds: Self.content(1))
                try Self.expect(store, Self.key(1, of: "g"), holds: nil)
                try Self.expect(store, Self.key(1, of: "%67"), holds: Self.content(1))
                try store.deleteAll(of: nil)
                try Self.expect(store, Self.key(1, of: "f"), holds: nil)
                try Self.expect(store.list().isEmpty, "a store that was emptied lists entries")
            },
            Check("The list has each entry once, with its size") {
                let store = try make()
                for number in 0..<20 { try store.put(Self.content(number, count: 100 + number), for: Self.key(number)) }
                try store.put(Self.content(3, count: 5), for: Self.key(3))
                try store.delete(Self.key(4))
                let items = try store.list()
                let sizes = Dictionary(items.map { ($0.key, $0.byteCount) }, uniquingKeysWith: { $0 + $1 })
                try Self.expect(sizes.count == 19 && items.count == 19, "19 entries are \(items.count) in the list")
                try Self.expect(sizes[Self.key(3)] == 5, "an entry that was replaced has its former size")
                try Self.expect(sizes[Self.key(7)] == 107, "an entry has another size in the list")
            },
        ]
    }
}
