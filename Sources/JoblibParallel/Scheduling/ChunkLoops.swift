/// The loops over a chunk. Each captures `body` and nothing else; see ``ChunkFrame``.
@usableFromInline
enum ChunkLoops {
    /// Over the memory of an array.
    @inlinable
    @inline(__always)
    static func overArray<Element, R>(_ body: @escaping @Sendable (Element) throws -> R) -> ChunkLoop {
        { frame in
            // `frame` covers positions of an array of `Element` and of memory for as many `R`.
            let input = unsafe frame.input.assumingMemoryBound(to: Element.self)
            let output = unsafe frame.output.assumingMemoryBound(to: R.self)
            let marks = unsafe frame.marks
            let lower = unsafe frame.lower
            let upper = unsafe frame.upper
            var position = lower
            while position < upper {
                unsafe (output + position).initialize(to: try body(input[position]))
                unsafe marks[position &- lower] = 1
                position &+= 1
            }
        }
    }

    /// Over any collection that is Sendable, and so may be read by several threads at once.
    @inlinable
    @inline(__always)
    static func overCollection<C: RandomAccessCollection & Sendable, R>(
        of type: C.Type,
        _ body: @escaping @Sendable (C.Element) throws -> R
    ) -> ChunkLoop {
        { frame in
            // `frame.input` is the box that `ChunkJob.keeping` holds.
            let box = unsafe Unmanaged<CollectionBox<C>>.fromOpaque(frame.input).takeUnretainedValue()
            let collection = box.collection
            let output = unsafe frame.output.assumingMemoryBound(to: R.self)
            let marks = unsafe frame.marks
            let lower = unsafe frame.lower
            let upper = unsafe frame.upper
            var position = lower
            var index = collection.index(collection.startIndex, offsetBy: lower)
            while position < upper {
                unsafe (output + position).initialize(to: try body(collection[index]))
                unsafe marks[position &- lower] = 1
                position &+= 1
                collection.formIndex(after: &index)
            }
        }
    }
}

/// Gives a collection an address.
@usableFromInline
final class CollectionBox<C: Sendable>: Sendable {
    @usableFromInline let collection: C

    @usableFromInline
    init(_ collection: C) {
        self.collection = collection
    }

    @usableFromInline var address: UnsafeRawPointer {
        unsafe UnsafeRawPointer(Unmanaged.passUnretained(self).toOpaque())
    }
}
