import Testing

@testable import JoblibParallel

@Suite struct SizerTests {
    // MARK: - Batches

    @Test("Batches of short tasks double until they run for the target time")
    func growth() {
        var sizer = BatchSizer(fixed: nil, jobs: 2)
        var sizes: [Int] = []
        for _ in 0..<12 {
            let size = sizer.next(remaining: nil)
            sizes.append(size)
            sizer.batchEnded(tasks: size, runTime: .microseconds(10) * size)
        }
        #expect(sizes == [1, 2, 4, 8, 16, 32, 64, 100, 100, 100, 100, 100])
    }

    @Test("One batch of slow tasks shrinks the next one at once")
    func shrinking() {
        var sizer = BatchSizer(fixed: nil, jobs: 2)
        for _ in 0..<12 { sizer.batchEnded(tasks: 100, runTime: .milliseconds(1)) }
        #expect(sizer.next(remaining: nil) == 100)
        sizer.batchEnded(tasks: 100, runTime: .seconds(1))
        #expect(sizer.next(remaining: nil) == 1)
    }

    @Test(
        "A clock that did not move, or one that ran for ages, is no trap",
        arguments: [
            Duration.zero, .nanoseconds(-5), .seconds(Int64.max / 2),
        ]
    )
    func oddTimes(runTime: Duration) {
        var sizer = BatchSizer(fixed: nil, jobs: 2)
        for _ in 0..<100 { sizer.batchEnded(tasks: sizer.next(remaining: nil), runTime: runTime) }
        #expect((1...65_536).contains(sizer.next(remaining: nil)))
        sizer.batchEnded(tasks: 0, runTime: .seconds(1))
        #expect((1...65_536).contains(sizer.next(remaining: nil)))
    }

    @Test("The last batches are small, so that all workers end together")
    func remainder() {
        var sizer = BatchSizer(fixed: nil, jobs: 4)
        for _ in 0..<30 { sizer.batchEnded(tasks: sizer.next(remaining: nil), runTime: .zero) }
        #expect(sizer.next(remaining: 1600) == 100)
        #expect(sizer.next(remaining: 15) == 1)
        #expect(sizer.next(remaining: 0) == 1)
        #expect(sizer.next(remaining: -3) == 1)
    }

    @Test("A size that the caller gave stays")
    func fixed() {
        var sizer = BatchSizer(fixed: 64, jobs: 4)
        sizer.batchEnded(tasks: 64, runTime: .seconds(10))
        #expect(sizer.next(remaining: 3) == 64)
    }

    // MARK: - Chunks

    @Test("Chunks of short tasks grow eightfold until they run for the target time")
    func chunkGrowth() {
        var sizer = ChunkSizer(fixed: nil, jobs: 2)
        var sizes: [Int] = []
        for _ in 0..<6 {
            let size = sizer.next(remaining: 1 << 30)
            sizes.append(size)
            sizer.chunkEnded(count: size, nanoseconds: UInt64(100 * size))
        }
        #expect(sizes == [1, 8, 64, 100, 100, 100])
    }

    @Test("One chunk of slow tasks shrinks the next one at once")
    func chunkShrinking() {
        var sizer = ChunkSizer(fixed: nil, jobs: 2)
        for _ in 0..<6 { sizer.chunkEnded(count: sizer.next(remaining: 1 << 30), nanoseconds: 100) }
        sizer.chunkEnded(count: 1000, nanoseconds: 1_000_000_000)
        #expect(sizer.next(remaining: 1 << 30) == 1)
    }

    @Test("The last chunks get smaller, but not smaller than is worth handing out")
    func chunkTail() {
        var sizer = ChunkSizer(fixed: nil, jobs: 2)
        for _ in 0..<6 { sizer.chunkEnded(count: sizer.next(remaining: 1 << 30), nanoseconds: 10_000) }
        // 100 tasks run for the target time, 15 for the floor.
        sizer.chunkEnded(count: 100, nanoseconds: 10_000)
        #expect(sizer.next(remaining: 1 << 30) == 100)
        #expect(sizer.next(remaining: 400) == 50)
        #expect(sizer.next(remaining: 80) == 15)
        #expect(sizer.next(remaining: 3) == 3)
        // A thread that is alone leaves nothing to others.
        sizer.jobs = 1
        #expect(sizer.next(remaining: 80) == 80)
    }

    @Test("Chunks have a largest size, whatever the clock and the caller say")
    func chunkLimits() {
        var sizer = ChunkSizer(fixed: nil, jobs: 2)
        for _ in 0..<50 { sizer.chunkEnded(count: sizer.next(remaining: .max), nanoseconds: 0) }
        #expect(sizer.next(remaining: .max) == ChunkSizer.largest)
        #expect(sizer.next(remaining: 8) == 8)
        sizer.chunkEnded(count: 1, nanoseconds: .max)
        #expect(sizer.next(remaining: .max) == 1)
        #expect(ChunkSizer(fixed: .max, jobs: 2).next(remaining: 10) == ChunkSizer.largest)
    }
}
