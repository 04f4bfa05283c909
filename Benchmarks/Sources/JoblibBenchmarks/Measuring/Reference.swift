import BenchmarkServing
import Dispatch

/// Swift's own ways to write a map, each allocating its own output once, without initialising it first.
enum Reference {
    @inline(__always)
    static func plain<Source, Target>(_ values: [Source], _ body: (Source) -> Target) -> [Target] {
        filled(from: values) { slots in slots.fill(0..<values.count, body) }
    }

    /// `concurrentPerform` over eight pieces per thread, or over pieces of the given length.
    @inline(__always)
    static func performed<Source, Target>(
        _ values: [Source],
        piecesOf length: Int? = nil,
        _ body: @Sendable (Source) -> Target
    ) -> [Target] {
        let count = values.count
        let pieces = length.map { count / $0 } ?? min(count, 8 * Settings.jobs)
        return filled(from: values) { slots in
            DispatchQueue.concurrentPerform(iterations: pieces) { piece in
                slots.fill(piece * count / pieces..<(piece + 1) * count / pieces, body)
            }
        }
    }

    /// `withTaskGroup` with a child for each of eight pieces per thread.
    @inline(__always)
    static func grouped<Source: Sendable, Target: Checksummed>(
        _ values: [Source],
        into storage: Storage<Target>,
        _ body: @escaping @Sendable (Source) -> Target
    ) async {
        let count = values.count
        let pieces = min(count, 8 * Settings.jobs)
        await withTaskGroup(of: Void.self) { group in
            for piece in 0..<pieces {
                group.addTask {
                    storage.fill(piece * count / pieces..<(piece + 1) * count / pieces, from: values, body)
                }
            }
        }
    }

    @inline(__always)
    private static func filled<Source, Target>(
        from values: [Source],
        _ fill: (Slots<Source, Target>) -> Void
    ) -> [Target] {
        guard !values.isEmpty else {
            return []
        }
        // `fill` writes every element before it returns, and both buffers are non-empty.
        return unsafe values.withUnsafeBufferPointer { source in
            unsafe Array(unsafeUninitializedCapacity: source.count) { target, initialized in
                fill(unsafe Slots(source: source.baseAddress!, target: target.baseAddress!))
                initialized = source.count
            }
        }
    }
}
