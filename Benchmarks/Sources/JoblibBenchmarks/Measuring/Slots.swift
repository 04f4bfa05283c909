/// The storage of a map under way: where to read, where to write, written by several threads at disjoint places.
// Sendable: the pieces given to the threads do not overlap, and the owner of the memory waits for all of them.
@safe
struct Slots<Source, Target>: @unchecked Sendable {
    private let source: UnsafePointer<Source>
    private let target: UnsafeMutablePointer<Target>

    init(source: UnsafePointer<Source>, target: UnsafeMutablePointer<Target>) {
        // The caller keeps both alive until the last `fill` has returned.
        unsafe self.source = source
        unsafe self.target = target
    }

    @inline(__always)
    func fill(_ range: Range<Int>, _ body: (Source) -> Target) {
        for index in range {
            // Within bounds: every range is cut from 0..<count.
            unsafe (target + index).initialize(to: body(source[index]))
        }
    }
}
