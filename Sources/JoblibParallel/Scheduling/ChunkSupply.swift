internal import Synchronization

/// The positions of a ``ChunkedRun`` that nobody has taken yet.
///
/// Threads take from both ends of both halves in turn: first, last, middle, and so on inwards. Where tasks differ in length
/// there is mostly an order in it, and the long ones sit at an end: started late, one of them would keep everybody waiting.
/// A thread that is alone goes from the first to the last.
struct ChunkSupply: ~Copyable, Sendable {
    private let count: Int
    /// Positions are counted in units of 2 to this power, so that two of them fit into a word.
    private let shift: Int
    private let isOrdered: Bool
    /// What is left of a half: its lower bound in the upper 32 bits, its upper bound in the lower ones.
    private let firstHalf: Atomic<UInt64>
    private let secondHalf: Atomic<UInt64>
    private let turn = Atomic(0)

    init(count: Int, isOrdered: Bool) {
        self.count = count
        self.isOrdered = isOrdered
        var shift = 0
        while count >> shift >= Int(UInt32.max) { shift += 1 }
        self.shift = shift
        let units = (count + (1 << shift) - 1) >> shift
        let middle = isOrdered ? units : units / 2
        firstHalf = Atomic(UInt64(0) << 32 | UInt64(middle))
        secondHalf = Atomic(UInt64(middle) << 32 | UInt64(units))
    }

    /// About how many positions are left.
    var remaining: Int {
        func left(_ half: UInt64) -> Int { Int(half & 0xFFFF_FFFF) - Int(half >> 32) }
        return (left(firstHalf.load(ordering: .relaxed)) + left(secondHalf.load(ordering: .relaxed))) << shift
    }

    /// Takes neighbouring positions; `nil` when none are left.
    func take(_ size: Int) -> Range<Int>? {
        let units = max(1, size >> shift)
        if isOrdered { return take(units, from: firstHalf, atEnd: false) }
        switch turn.wrappingAdd(1, ordering: .relaxed).oldValue & 3 {
        case 0: return take(units, from: firstHalf, atEnd: false) ?? take(units, from: secondHalf, atEnd: true)
        case 1: return take(units, from: secondHalf, atEnd: true) ?? take(units, from: firstHalf, atEnd: false)
        case 2: return take(units, from: secondHalf, atEnd: false) ?? take(units, from: firstHalf, atEnd: true)
        default: return take(units, from: firstHalf, atEnd: true) ?? take(units, from: secondHalf, atEnd: false)
        }
    }

    private func take(_ units: Int, from half: borrowing Atomic<UInt64>, atEnd: Bool) -> Range<Int>? {
        var seen = half.load(ordering: .relaxed)
        while true {
            let lower = seen >> 32
            let upper = seen & 0xFFFF_FFFF
            guard lower < upper else { return nil }
            let taken = min(UInt64(units), upper - lower)
            let left = atEnd ? lower << 32 | (upper - taken) : (lower + taken) << 32 | upper
            let (exchanged, original) = half.compareExchange(expected: seen, desired: left, ordering: .relaxed)
            if exchanged {
                let start = Int(atEnd ? upper - taken : lower)
                return start << shift..<min(count, (start + Int(taken)) << shift)
            }
            seen = original
        }
    }
}
