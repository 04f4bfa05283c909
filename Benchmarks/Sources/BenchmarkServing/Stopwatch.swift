/// Times a piece of work; checking and freeing its result come after the clock has stopped.
public enum Stopwatch {
    @inlinable @inline(__always)
    public static func sample<Output>(
        operations: Int,
        checksum: (Output) -> UInt64,
        _ work: () throws -> Output
    ) rethrows -> Sample {
        let start = ContinuousClock.now
        let output = try work()
        let elapsed = start.duration(to: .now)
        return Sample(nanoseconds: elapsed.nanoseconds, operations: operations, checksum: checksum(output))
    }

    @inlinable @inline(__always)
    public static func sample<Output>(
        operations: Int,
        checksum: (Output) -> UInt64,
        _ work: () async throws -> Output
    ) async rethrows -> Sample {
        let start = ContinuousClock.now
        let output = try await work()
        let elapsed = start.duration(to: .now)
        return Sample(nanoseconds: elapsed.nanoseconds, operations: operations, checksum: checksum(output))
    }
}

extension Stopwatch {
    /// `repeats` calls of `operations` items each, timed together, after one that is not timed: it wakes the threads and
    /// lets the kernel spread them over the processors, which takes longer than a short call.
    @inlinable @inline(__always)
    public static func repeated<Output>(
        _ repeats: Int,
        operations: Int,
        checksum: (Output) -> UInt64,
        _ work: () throws -> Output
    ) rethrows -> Sample {
        _ = try work()
        return try sample(operations: operations * repeats, checksum: checksum) {
            var last = try work()
            for _ in 1..<repeats {
                last = try work()
            }
            return last
        }
    }

    @inlinable @inline(__always)
    public static func repeated<Output>(
        _ repeats: Int,
        operations: Int,
        checksum: (Output) -> UInt64,
        _ work: () async throws -> Output
    ) async rethrows -> Sample {
        _ = try await work()
        return try await sample(operations: operations * repeats, checksum: checksum) {
            var last = try await work()
            for _ in 1..<repeats {
                last = try await work()
            }
            return last
        }
    }
}

extension Duration {
    @inlinable public var nanoseconds: Int {
        Int(components.seconds) * 1_000_000_000 + Int(components.attoseconds / 1_000_000_000)
    }
}
