import Synchronization
import Testing

@testable import JoblibParallel

@Suite("A handler of the user's own")
struct ProgressHandlerTests {
    static func snapshot(_ done: Int, isFinished: Bool = false) -> ProgressSnapshot {
        ProgressSnapshot(done: done, total: 2000, dispatched: 2000, elapsed: .zero, isFinished: isFinished)
    }

    @Test("From one thread, every snapshot arrives, the last one once")
    func everySnapshotArrives() {
        let seen = Shared<[ProgressSnapshot]>([])
        let handler = ProgressHandler { seen.value.append($0) }
        for done in 1...5 {
            handler.update(Self.snapshot(done))
        }
        handler.update(Self.snapshot(5, isFinished: true))
        handler.update(Self.snapshot(5, isFinished: true))
        handler.update(Self.snapshot(6))
        #expect(seen.value.map(\.done) == [1, 2, 3, 4, 5, 5])
        #expect(seen.value.map(\.isFinished) == [false, false, false, false, false, true])
    }

    @Test("From many threads, it is never called twice at once, nor with fewer tasks done than before")
    func neverTwiceAtOnce() async {
        let isRunning = Atomic(false)
        let overlaps = Atomic(0)
        let seen = Recorder()
        await confirmation("the last snapshot arrives once") { lastArrived in
            let handler = ProgressHandler { snapshot in
                if isRunning.exchange(true, ordering: .sequentiallyConsistent) {
                    overlaps.add(1, ordering: .relaxed)
                }
                seen.write("\(snapshot.done)\n")
                if snapshot.isFinished { lastArrived() }
                isRunning.store(false, ordering: .sequentiallyConsistent)
            }
            await withTaskGroup { group in
                for thread in 0..<4 {
                    group.addTask {
                        for step in 0..<500 {
                            handler.update(Self.snapshot(step * 4 + thread))
                        }
                    }
                }
                // While the others still run, as a failing call ends: it must come last all the same.
                group.addTask { handler.update(Self.snapshot(2000, isFinished: true)) }
            }
        }
        let counts = seen.lines.compactMap { Int($0) }
        #expect(overlaps.load(ordering: .relaxed) == 0)
        #expect(counts == counts.sorted())
        #expect(counts.last == 2000)
    }

    @Test("A snapshot that comes while the handler runs is delivered after it, by the thread that is in it")
    func snapshotDuringTheHandler() {
        let handler = Shared<ProgressHandler?>(nil)
        let seen = Shared<[Int]>([])
        handler.value = ProgressHandler { snapshot in
            seen.value.append(snapshot.done)
            guard snapshot.done == 1 else { return }
            // As other threads would: all three come back at once, and the newest of them replaces the rest.
            handler.value?.update(Self.snapshot(2))
            handler.value?.update(Self.snapshot(4))
            handler.value?.update(Self.snapshot(3))
        }
        handler.value?.update(Self.snapshot(1))
        #expect(seen.value == [1, 4])
    }
}
