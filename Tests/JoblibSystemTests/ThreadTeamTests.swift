import Synchronization
import Testing

@testable import JoblibSystem

@Suite("Threads that share one piece of work")
struct ThreadTeamTests {
    @Test("Each member is run once, and all are back when the call is")
    func members() {
        for count in [0, 1, 2, 5] {
            let seen = Mutex<[Int]>([])
            ThreadTeam.run(count, name: "joblib-test") { member in seen.withLock { $0.append(member) } }
            #expect(seen.withLock { $0 }.sorted() == Array(0..<max(count, 1)))
        }
    }

    /// A mapping that is let go late is one too many when its memory is to be frozen.
    @Test("When the call is back nobody holds what the body holds")
    func nothingIsHeld() {
        var held = 0
        for _ in 0..<2_000 {
            var object = Captured()
            Self.use(object)
            if !isKnownUniquelyReferenced(&object) { held += 1 }
        }
        #expect(held == 0)
    }

    private static func use(_ object: Captured) {
        ThreadTeam.run(3, name: "joblib-test") { _ in object.uses.wrappingAdd(1, ordering: .relaxed) }
    }

    private final class Captured: Sendable {
        let uses = Atomic(0)
    }
}
