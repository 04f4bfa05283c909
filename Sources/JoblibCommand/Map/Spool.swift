internal import JoblibSystem

/// What a command has written, until it may be shown: in memory, or in a file without a name if it is much.
final class Spool {
    /// More than this of one stream goes to a file.
    private static let mostInMemory = 256 << 10

    private var memory: [UInt8] = []
    private var spill: OpenFile?
    private(set) var byteCount = 0
    private let budget: SpoolBudget

    init(_ budget: SpoolBudget) {
        self.budget = budget
    }

    deinit { clear() }

    var isEmpty: Bool { byteCount == 0 }
    var isInFile: Bool { spill != nil }

    func append(_ bytes: [UInt8]) throws {
        byteCount += bytes.count
        if spill == nil, memory.count + bytes.count > Self.mostInMemory || budget.isSpent, let file = try makeFile() {
            try file.file.write(memory)
            budget.inMemory -= memory.count
            budget.files += 1
            memory = []
            spill = file
        }
        if let spill {
            try spill.file.write(bytes)
        } else {
            memory += bytes
            budget.inMemory += bytes.count
        }
    }

    /// A file to go on in; nil while there are no descriptors, which is no reason to lose anything.
    private func makeFile() throws -> OpenFile? {
        do throws(SystemError) {
            return OpenFile(try budget.makeFile())
        } catch {
            if error.lacksDescriptors { return nil }
            throw error
        }
    }

    /// Hands over all that is there, in pieces.
    func forEachPiece(_ body: ([UInt8]) throws -> Void) throws {
        if let spill {
            var offset = 0
            while offset < byteCount {
                let bytes = try spill.file.read(upTo: min(byteCount - offset, 256 << 10), at: offset)
                if bytes.isEmpty { break }
                try body(bytes)
                offset += bytes.count
            }
        } else if !memory.isEmpty {
            try body(memory)
        }
    }

    /// The whole, if it is no more than this.
    func bytes(limit: Int) throws -> [UInt8]? {
        guard byteCount <= limit else { return nil }
        var bytes: [UInt8] = []
        try forEachPiece { bytes += $0 }
        return bytes
    }

    func clear() {
        budget.inMemory -= memory.count
        if spill != nil { budget.files -= 1 }
        memory = []
        spill = nil
        byteCount = 0
    }
}

/// What all spools of a run use together.
final class SpoolBudget {
    private static let most = 32 << 20

    fileprivate(set) var inMemory = 0
    fileprivate(set) var files = 0
    fileprivate let makeFile: () throws(SystemError) -> FileDescriptor

    init(makeFile: @escaping () throws(SystemError) -> FileDescriptor = ByteFile.unnamed) {
        self.makeFile = makeFile
    }

    fileprivate var isSpent: Bool { inMemory > Self.most }
}
