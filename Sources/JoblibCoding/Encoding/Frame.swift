/// A value being written.
struct Frame {
    enum Shape: UInt8 {
        case empty
        case single
        case keyed
        case unkeyed
    }

    var shape = Shape.empty
    /// How many parts belong together when they are sorted; 0: parts stay as they are.
    var group: UInt8 = 0
    /// Two keys may be the same.
    var mayRepeat = false
    /// Tells this value from others that were in the same place.
    var serial: UInt32
    /// The value's first byte.
    var start: Int
    /// The key of the part being written, for the path.
    var entry = -1
    /// Parts written so far, of a container without keys.
    var count = 0
    /// The keys so far, by their places in the table modulo 64.
    var seen: UInt64 = 0
    /// The number of marks that belong to values around this one.
    var marks: Int
}

/// A nested container or super encoder that is still to be inserted.
struct Pending {
    /// The frame it is part of.
    var frame: Int
    var position: Int
    /// The number of marks up to and with its own.
    var marks: Int
    /// Its key, if it is a nested container with keys that a second request for the key gets again.
    var name: String?
    var writer: Writer
}

/// A value being written, as those who write its parts know it.
struct Place {
    let writer: Writer
    let frame: Int32
    let serial: UInt32

    /// Makes sure that this value is the one to be written now.
    @inline(__always)
    func check() throws {
        guard writer.frames.count == Int(frame) &+ 1, writer.frames[Int(frame)].serial == serial else {
            throw writer.problem(.outOfTurn)
        }
    }

    var index: Int { Int(frame) }
    var isCurrent: Bool { writer.frames.count == index + 1 && writer.frames[index].serial == serial }
}
