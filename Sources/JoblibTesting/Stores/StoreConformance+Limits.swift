internal import JoblibMemory

extension StoreConformance {
    var limitChecks: [Check] {
        [
            Check("Limits remove what was put first, and no more than they must") {
                let store = try make()
                for number in 0..<10 { try store.put(Self.content(number, count: 1000), for: Self.key(number)) }
                try Self.expect(store.enforce(CacheLimits(items: 10, age: .seconds(3600))).isEmpty, "10 are 10 at most")
                let gone = try store.enforce(CacheLimits(items: 7))
                try Self.expect(Set(gone) == Set((0..<3).map { try Self.key($0) }), "the oldest 3 are \(gone)")
                let more = try store.enforce(CacheLimits(bytes: 4999))
                try Self.expect(Set(more) == Set((3..<6).map { try Self.key($0) }), "the next 3 are \(more)")
                for number in 0..<10 {
                    try Self.expect(store, Self.key(number), holds: number < 6 ? nil : Self.content(number))
                }
                try Self.expect(store.list().count == 4, "what was removed is in the list")
            },
            Check("An entry that was used stays longer than one that was not") {
                let store = try make()
                for number in 0..<4 { try store.put(Self.content(number), for: Self.key(number)) }
                store.noteUse(of: try Self.key(0))
                let gone = try store.enforce(CacheLimits(items: 3))
                try Self.expect(gone.count == 1, "\(gone.count) entries were removed, not 1")
                // A store may forget uses, but must not remove what was put last.
                try Self.expect(store, Self.key(3), holds: Self.content(3))
            },
            Check("What is put under limits makes room for itself, and is what stays") {
                let store = try make()
                let limits = CacheLimits(items: 4)
                for number in 0..<9 {
                    let gone = try store.put(Self.content(number), for: Self.key(number), keeping: limits)
                    let expected = number < 4 ? [] : [try Self.key(number - 4)]
                    try Self.expect(gone == expected, "entry \(number) removed \(gone), not \(expected)")
                }
                for number in 0..<9 {
                    try Self.expect(store, Self.key(number), holds: number < 5 ? nil : Self.content(number))
                }
                try Self.expect(store.list().count == 4, "what was removed is in the list")
                // The same once more is no more than before.
                let gone = try store.put(Self.content(8), for: Self.key(8), keeping: limits)
                try Self.expect(gone.isEmpty, "an entry that was replaced is counted twice")
            },
            Check("Under a limit of nothing, nothing is kept") {
                let store = try make()
                let limits = CacheLimits(items: 0)
                for number in 0..<3 {
                    let gone = try store.put(Self.content(number), for: Self.key(number), keeping: limits)
                    try Self.expect(gone == [try Self.key(number)], "what was put is not among the removed: \(gone)")
                    try Self.expect(store, Self.key(number), holds: nil)
                }
                try Self.expect(store.list().isEmpty, "entries are left")
            },
            Check("A limit of nothing removes everything") {
                let store = try make()
                for number in 0..<4 { try store.put(Self.content(number), for: Self.key(number)) }
                try Self.expect(store.enforce(CacheLimits(bytes: 0)).count == 4, "not all entries were removed")
                try Self.expect(store.list().isEmpty, "entries are left")
            },
        ]
    }
}
