import Testing

@testable import JoblibCommand
@testable import JoblibSystem

@Suite("joblib map: memory to leave free")
struct MapMemoryTests {
    @Test("Nothing is started with too little memory, and nobody is stopped before half of it is gone")
    func start() {
        var watch = MemoryWatch(least: 1000)
        #expect(watch.allowsStart(available: 1000) && !watch.allowsStart(available: 999))
        #expect(watch.look(now: 0, available: 500, running: [nil, nil]) == nil)
        #expect(watch.look(now: 0, available: 499, running: [nil, nil]) == 1)
    }

    @Test("One at a time is stopped, the youngest first and the oldest never, and not at every look")
    func stop() {
        var watch = MemoryWatch(least: 1000)
        #expect(watch.look(now: 7, available: 0, running: [nil, nil, nil]) == 2)
        #expect(watch.nextLook == 7 + MemoryWatch.interval)
        #expect(watch.look(now: 8, available: 0, running: [nil, nil, .memory]) == nil)
        #expect(watch.look(now: 9, available: 0, running: [nil, nil]) == 1)
        #expect(watch.look(now: 10, available: 0, running: [nil]) == nil)
        #expect(watch.look(now: 11, available: 0, running: []) == nil)
    }

    @Test("Who is being stopped for another reason does not count")
    func others() {
        var watch = MemoryWatch(least: 1000)
        #expect(watch.look(now: 0, available: 0, running: [.timeout, nil]) == nil)
        #expect(watch.look(now: 0, available: 0, running: [nil, .timeout]) == nil)
        #expect(watch.look(now: 0, available: 0, running: [nil, nil, .runEnds]) == 1)
    }
}
