import Foundation
import Joblib
import JoblibSystem
import Synchronization
import Testing

/// Arrays of numbers, to workers and back: in messages when they are short, on shared pages when they are long.
@Suite("Arrays and worker processes", .timeLimit(.minutes(10)), .startsWorkers)
struct ProcessArrayTests {
    /// How many bytes an array must have to be shared; `nil`: none is.
    static let thresholds: [ByteCount?] = [nil, 0, "16K", "1G"]

    /// Some arrays, short and long, there and back: as they are, and changed.
    private func check<T: Equatable>(
        _ threshold: ByteCount?,
        _ make: (Int) -> T,
        _ call: (Parallel, [[T]], [T]) throws -> [([T], [T])]
    ) throws {
        let parallel = Parallel(jobs: 2, backend: .processes, sharedMemoryThreshold: threshold)
        let arrays = [0, 1, 7, 4096, 20_001].map { (0..<$0).map(make) }
        let shared = (0..<999).map(make)
        let results = try call(parallel, arrays, shared)
        #expect(results.map(\.0) == arrays)
        #expect(results.map(\.1) == arrays.map { $0.reversed() + shared.prefix(3) })
        // What a task has changed, it has changed in its own process.
        #expect(arrays == [0, 1, 7, 4096, 20_001].map { (0..<$0).map(make) })
    }

    @Test("Integers of every width", arguments: thresholds)
    func integers(_ threshold: ByteCount?) throws {
        try check(
            threshold,
            Int8.init(truncatingIfNeeded:),
            { try $0.map($1, sharing: $2) { ($0, $0.reversed() + $1.prefix(3)) } }
        )
        try check(
            threshold,
            Int16.init(truncatingIfNeeded:),
            { try $0.map($1, sharing: $2) { ($0, $0.reversed() + $1.prefix(3)) } }
        )
        try check(threshold, { Int32($0) }, { try $0.map($1, sharing: $2) { ($0, $0.reversed() + $1.prefix(3)) } })
        try check(
            threshold,
            { Int64($0) << 40 },
            { try $0.map($1, sharing: $2) { ($0, $0.reversed() + $1.prefix(3)) } }
        )
        try check(threshold, { $0 }, { try $0.map($1, sharing: $2) { ($0, $0.reversed() + $1.prefix(3)) } })
    }

    @Test("Integers without a sign, of every width", arguments: thresholds)
    func unsignedIntegers(_ threshold: ByteCount?) throws {
        try check(
            threshold,
            UInt8.init(truncatingIfNeeded:),
            { try $0.map($1, sharing: $2) { ($0, $0.reversed() + $1.prefix(3)) } }
        )
        try check(
            threshold,
            UInt16.init(truncatingIfNeeded:),
            { try $0.map($1, sharing: $2) { ($0, $0.reversed() + $1.prefix(3)) } }
        )
        try check(threshold, { UInt32($0) }, { try $0.map($1, sharing: $2) { ($0, $0.reversed() + $1.prefix(3)) } })
        try check(
            threshold,
            { UInt64.max - UInt64($0) },
            { try $0.map($1, sharing: $2) { ($0, $0.reversed() + $1.prefix(3)) } }
        )
        try check(threshold, { UInt($0) }, { try $0.map($1, sharing: $2) { ($0, $0.reversed() + $1.prefix(3)) } })
        try check(threshold, { $0 % 3 == 0 }, { try $0.map($1, sharing: $2) { ($0, $0.reversed() + $1.prefix(3)) } })
    }

    @Test("Floating-point numbers and vectors", arguments: thresholds)
    func vectors(_ threshold: ByteCount?) throws {
        try check(threshold, { Float($0) / 3 }, { try $0.map($1, sharing: $2) { ($0, $0.reversed() + $1.prefix(3)) } })
        try check(threshold, { Double($0) / 3 }, { try $0.map($1, sharing: $2) { ($0, $0.reversed() + $1.prefix(3)) } })
        try check(
            threshold,
            { SIMD2<Float>(Float($0), 1) },
            { try $0.map($1, sharing: $2) { ($0, $0.reversed() + $1.prefix(3)) } }
        )
        try check(
            threshold,
            { SIMD3<Double>(1, 2, Double($0)) },
            { try $0.map($1, sharing: $2) { ($0, $0.reversed() + $1.prefix(3)) } }
        )
        try check(
            threshold,
            { SIMD4<Double>(repeating: Double($0)) },
            { try $0.map($1, sharing: $2) { ($0, $0.reversed() + $1.prefix(3)) } }
        )
        try check(
            threshold,
            { SIMD16<UInt8>(repeating: UInt8(truncatingIfNeeded: $0)) },
            { try $0.map($1, sharing: $2) { ($0, $0.reversed() + $1.prefix(3)) } }
        )
    }

    @Test("Data, arrays of arrays, and arrays within structures", arguments: thresholds)
    func composites(_ threshold: ByteCount?) throws {
        let parallel = Parallel(jobs: 2, backend: .processes, sharedMemoryThreshold: threshold)
        let matrices = (1..<4).map { size in
            (0..<size).map { row in [Double](repeating: Double(row), count: size * 5000) }
        }
        #expect(try parallel.map(matrices) { $0 } == matrices)
        let sums = try parallel.map(matrices) { $0.map { $0.reduce(0, +) } }
        #expect(sums == matrices.map { $0.map { $0.reduce(0, +) } })
        let data = [Data(repeating: 7, count: 100_000), Data(), Data([1])]
        #expect(try parallel.map(data) { $0 } == data)
        let samples = [100, 100_000].map { Sample(name: "é", values: (0..<$0).map(Double.init), next: []) }
        #expect(
            try parallel.map(samples) { Sample(name: $0.name, values: $0.values, next: [$0]) }.map(\.next)
                == samples.map { [$0] }
        )
    }

    @Test("A task may change its arguments, and no other task sees it", arguments: thresholds)
    func mutation(_ threshold: ByteCount?) throws {
        let parallel = Parallel(jobs: 2, backend: .processes, batchSize: 1, sharedMemoryThreshold: threshold)
        let ones = [Int](repeating: 1, count: 50_000)
        let results = try parallel.map(0..<10, sharing: ones) { number, ones in
            var mine = ones
            mine[number] = 100
            mine.append(5)
            return (mine.reduce(0, +), ones.reduce(0, +))
        }
        #expect(results.allSatisfy { $0 == (50_104, 50_000) })
        #expect(ones.allSatisfy { $0 == 1 })
    }

    @Test("A long array is on the same pages in all tasks and workers", arguments: [true, false])
    func sharedOnce(_ isShared: Bool) throws {
        let parallel = Parallel(jobs: 2, backend: .processes, batchSize: 1, sharedMemoryThreshold: "64K")
        let array = [Double](repeating: 2, count: 100_000)
        let files =
            if isShared {
                try parallel.map(0..<12, sharing: array) { _, array in MemoryMaps.file(of: array) }
            } else {
                try parallel.map([[Double]](repeating: array, count: 12)) { MemoryMaps.file(of: $0) }
            }
        #expect(Set(files).count == 1)
        #expect(files[0] != nil)
        let copied = Parallel(jobs: 2, backend: .processes, sharedMemoryThreshold: nil)
        #expect(try copied.map(0..<4, sharing: array) { MemoryMaps.file(of: $1) } == [nil, nil, nil, nil])
    }

    @Test("A task may keep an array for longer than its call")
    func keptArray() throws {
        try Parallel(jobs: 2, backend: .processes, sharedMemoryThreshold: "16K").withPool { pool in
            let array = (0..<50_000).map { UInt8(truncatingIfNeeded: $0) }
            try pool.forEach([array]) { array in WorkerMemory.hoard.withLock { $0.append(array) } }
            for _ in 0..<5 { #expect(try pool.map([[Double](repeating: 1, count: 50_000)]) { $0.count } == [50_000]) }
            let kept = try pool.map(0..<40) { _ in WorkerMemory.hoard.withLock { $0 } }
            #expect(Set(kept).subtracting([[]]) == [[array]])
        }
    }

    @Test("With a temporary directory arrays go through files without a name")
    func temporaryDirectory() throws {
        try TemporaryFiles.use { directory in
            let parallel = Parallel(
                jobs: 2,
                backend: .processes,
                batchSize: 1,
                temporaryDirectory: directory,
                sharedMemoryThreshold: "64K"
            )
            let array = (0..<100_000).map { Double($0) }
            let results = try parallel.map(0..<4, sharing: array) { number, array in
                (array.map { $0 + Double(number) }, MemoryMaps.file(of: array))
            }
            for (number, result) in results.enumerated() { #expect(result.0 == array.map { $0 + Double(number) }) }
            #expect(results.allSatisfy { $0.1?.contains(directory) == true }, "\(results.map(\.1))")
            #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
        }
        let nowhere = Parallel(
            jobs: 2,
            backend: .processes,
            temporaryDirectory: "/no/such/place",
            sharedMemoryThreshold: 0
        )
        #expect(try refusal { try nowhere.map([[1.0, 2.0]]) { $0.count } }.message.isEmpty == false)
    }
}

/// Which pages a value lies on.
enum MemoryMaps {
    /// The file, by its number and its path, which an array's elements are mapped from; `nil` for memory of the process's own.
    static func file(of array: [Double]) -> String? {
        // Safe: only the address is used.
        let address = unsafe array.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
        guard let maps = try? FileInput.readText("/proc/self/maps", maximumBytes: 1 << 24) else { return nil }
        for line in maps.split(separator: "\n") {
            let fields = line.split(separator: " ", omittingEmptySubsequences: true)
            let range = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
            guard range[0] <= address, address < range[1], fields[4] != "0" else { continue }
            return fields[4...].joined(separator: " ")
        }
        return nil
    }
}
