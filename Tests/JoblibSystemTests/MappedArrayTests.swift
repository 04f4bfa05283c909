import Foundation
import Testing

@testable import JoblibSystem

@Suite("Arrays on shared pages")
struct MappedArrayTests {
    private func memory<T: BitwiseCopyable>(of values: [T]) throws -> SharedMemory {
        let byteCount = values.count * MemoryLayout<T>.stride
        let memory = try SharedMemory.create(byteCount: byteCount)
        if byteCount > 0 {
            let mapping = try memory.map(.readWrite)
            // Safe: the mapping is as long as the values.
            unsafe mapping.withMutableBytes { target in
                unsafe values.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
            }
        }
        try memory.freeze()
        return memory
    }

    private struct Point: BitwiseCopyable, Equatable {
        var x: Float
        var y: Int64
    }

    @Test("The elements are the pages themselves")
    func inPlace() throws {
        let values = (0..<1_000_000).map(Double.init)
        let mapped = try MappedArray<Double>(try memory(of: values), count: values.count)
        #expect(mapped.isInPlace)
        let array = mapped.array
        #expect(array == values)
        #expect(array.capacity == values.count)
        let address = unsafe array.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
        #expect(address % UInt(SharedMemory.pageSize) == 0)
        #expect(unsafe mapped.array.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) } == address)
    }

    @Test("All fixed-width elements work, in place or copied")
    func elements() throws {
        func check<T: BitwiseCopyable & Sendable & Equatable>(_ values: [T], inPlace expected: Bool = true) throws {
            for inPlace in [true, false] {
                let mapped = try MappedArray<T>(try memory(of: values), count: values.count, inPlace: inPlace)
                #expect(mapped.isInPlace == (inPlace && expected))
                #expect(mapped.array == values)
                #expect(mapped.array.reversed() == values.reversed())
            }
        }
        try check([UInt8](0...255))
        try check((0..<5000).map(Int16.init))
        try check((0..<5000).map(Float.init))
        try check((0..<5000).map { Point(x: Float($0), y: Int64($0)) })
        try check((0..<500).map { SIMD4<Float>(repeating: Float($0)) })
        try check(
            (0..<500).map { SIMD8<Double>(repeating: Double($0)) },
            inPlace: MemoryLayout<SIMD8<Double>>.alignment <= 16
        )
        try check([Int](), inPlace: false)
    }

    @Test("A change goes to a copy: the pages stay as they are")
    func mutation() throws {
        let values = (0..<10_000).map { ($0 &* 7919) % 10_007 }
        let mapped = try MappedArray<Int>(try memory(of: values), count: values.count)
        var changed = mapped.array
        changed[0] = -1
        changed.append(5)
        #expect(changed.count == values.count + 1)
        var sorted = mapped.array
        sorted.sort()
        #expect(sorted == values.sorted())
        var emptied = mapped.array
        emptied.removeAll(keepingCapacity: true)
        var bytes = mapped.array
        unsafe bytes.withUnsafeMutableBufferPointer { buffer in unsafe buffer[1] = -2 }
        var swapped = mapped.array
        swapped.swapAt(0, 1)
        swapped.reverse()
        var replaced = mapped.array
        replaced.replaceSubrange(5..<10, with: [1])
        var slice = mapped.array[100..<200]
        slice[100] = -3
        var shared = [mapped.array, mapped.array]
        shared[0][0] = -4
        #expect(shared[1] == values)
        #expect(mapped.array == values)
    }

    @Test("It can be passed on like any other array")
    func genericCode() throws {
        let values = (0..<4096).map { Int32($0) }
        let mapped = try MappedArray<Int32>(try memory(of: values), count: values.count)
        func total(_ numbers: some Sequence<Int32>) -> Int { numbers.reduce(0) { $0 + Int($1) } }
        func boxed(_ value: Any) -> Int { (value as? [Int32])?.count ?? 0 }
        #expect(total(mapped.array) == 4096 * 4095 / 2)
        #expect(total(mapped.array[10..<20]) == 145)
        #expect(total(mapped.array.lazy.map { $0 * 2 }) == 4096 * 4095)
        #expect(boxed(mapped.array) == 4096)
        #expect((mapped.array + [1]).count == 4097)
        #expect(Set(mapped.array).count == 4096)
        #expect(ContiguousArray(mapped.array).elementsEqual(values))
        #expect(mapped.array.hashValue == values.hashValue)
        #expect("\(mapped.array[..<3])" == "[0, 1, 2]")
        #expect(unsafe mapped.array.withUnsafeBytes { $0.count } == 4096 * 4)
        #expect(mapped.isUniquelyHeld)
    }

    @Test("Whoever keeps the array or a part of it keeps the pages, also after their owner has gone")
    func keeping() throws {
        let values = (0..<3000).map(Int64.init)
        var mapped: MappedArray<Int64>? = try MappedArray(try memory(of: values), count: values.count)
        #expect(mapped?.isUniquelyHeld == true)
        var kept: ArraySlice<Int64>? = mapped?.array[1000..<1010]
        var iterator = mapped?.array.makeIterator()
        #expect(mapped?.isUniquelyHeld == false)
        mapped = nil
        RetiredArrays.sweep()
        #expect(kept?.reduce(0, +) == 10_045)
        #expect(iterator?.next() == 0)
        var changed = Array(kept ?? [])
        changed[0] = 1
        #expect(kept?.first == 1000)
        kept = nil
        #expect(iterator?.next() == 1)
        iterator = nil
        _ = iterator
        RetiredArrays.sweep()
    }

    @Test("Several threads may read it and let go of it at once")
    func threads() async throws {
        let values = (0..<2000).map(Double.init)
        let memory = try memory(of: values)
        for _ in 0..<20 {
            let mapped = try MappedArray<Double>(memory, count: values.count)
            let total = await withTaskGroup(of: Double.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let array = mapped.array
                        var copy = array
                        copy[0] = 5
                        return array.reduce(0, +) + copy[0]
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(total == 8 * (2000 * 1999 / 2 + 5))
            #expect(mapped.isUniquelyHeld)
        }
    }

    @Test("Arrays may begin at any page, and large ones on large pages")
    func offsets() throws {
        let page = SharedMemory.pageSize
        let count = 700_000
        let memory = try SharedMemory.create(byteCount: page * 3 + count * 8)
        do {
            let mapping = try memory.map(.readWrite)
            let bytes = try unsafe mapping.writableBytes()
            defer { withExtendedLifetime(mapping) {} }
            for index in 0..<count {
                unsafe bytes.storeBytes(of: index, toByteOffset: page * 3 + index * 8, as: Int.self)
            }
        }
        let mapped = try MappedArray<Int>(memory, offset: page * 3, count: count)
        #expect(mapped.isInPlace)
        #expect(mapped.array.elementsEqual(0..<count))
        let address = unsafe mapped.array.withUnsafeBufferPointer { Int(bitPattern: $0.baseAddress) }
        #expect((address - page * 3) % LargePages.byteCount == 0)
        #expect(try MappedArray<Int>(memory, offset: page, count: 0).array.isEmpty)
    }
}
