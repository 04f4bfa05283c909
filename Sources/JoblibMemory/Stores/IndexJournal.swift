internal import JoblibSystem

/// The index of a directory of entries, kept as a file to which every process adds what it does.
///
/// Adding is one write at the file's end and costs the same however many entries there are. Who needs the index reads what
/// was added since he last looked. When the file has grown long it is written anew, without what is past; when it is missing
/// or damaged it is made from the directory. Both replace the file: whoever added to the old one afterwards notices and adds
/// it again, and what was added before is carried over, so nothing is lost. A record twice does no harm.
struct IndexJournal {
    private static let header: [UInt8] = Array("JLINDEX1".utf8)
    /// The journal is written anew from this size on, if most of it is past.
    private static let smallest = 256 << 10

    /// What one read brings: more than the longest record.
    private static let piece = 128 << 10

    private let files: FileLayout
    private var file: GrowingFile?
    /// How much of the file is in the index.
    private var position = 0
    /// nil: not needed so far.
    private(set) var index: EntryIndex?

    init(_ files: FileLayout) {
        self.files = files
    }

    // MARK: - Adding

    /// Adds records for whoever needs the index.
    mutating func append(_ records: [UInt8]) throws {
        if records.isEmpty { return }
        while true {
            let file = try opened()
            try file.append(records)
            // Replaced meanwhile: whoever did may not have seen the records.
            if file.isInPlace { return }
            forget()
        }
    }

    private mutating func forget() {
        file = nil
        index = nil
        position = 0
    }

    private mutating func opened() throws -> GrowingFile {
        if let file { return file }
        if Directory.status(of: files.index) == nil {
            try rebuild()
            // Somebody else has made it.
            if let file { return file }
        }
        let file = try FileLayout.makingDirectory(of: files.index) { path throws(SystemError) in try GrowingFile(path) }
        self.file = file
        return file
    }

    // MARK: - Reading

    /// Brings the index up to date, and returns it.
    mutating func current() throws -> EntryIndex {
        var attempts = 0
        while true {
            let file = try opened()
            if !file.isInPlace {
                forget()
                continue
            }
            if let index = try readOn(file) { return index }
            attempts += 1
            // A disk on which what was just written is damaged.
            guard attempts < 3 else { throw EntryDamage("the index \(files.index.debugDescription) cannot be kept") }
            try rebuild()
        }
    }

    /// Brings the index up to date with the file as it is; nil, and nothing is known, when that is damaged.
    private mutating func readOn(_ file: GrowingFile) throws -> EntryIndex? {
        var index = self.index ?? EntryIndex()
        // Not two owners: the index would be copied with each change.
        self.index = nil
        guard try read(file, into: &index) else {
            forget()
            return nil
        }
        self.index = index
        return index
    }

    /// Reads what was added; false when the file is damaged.
    private mutating func read(_ file: GrowingFile, into index: inout EntryIndex) throws -> Bool {
        if position == 0 {
            guard try file.read(at: 0, upTo: Self.header.count) == Self.header else { return false }
            position = Self.header.count
        }
        while true {
            // Usually a record or two: the file's size is not asked for, the end is where less is read than could be.
            let bytes = try file.read(at: position, upTo: Self.piece)
            var place = 0
            scan: while place < bytes.count {
                switch IndexRecord.read(bytes, at: place) {
                case .record(let record, let length):
                    index.apply(record)
                    place += length
                case .incomplete: break scan
                case .damaged: return false
                }
            }
            position += place
            if bytes.count == Self.piece, place > 0 { continue }
            if place == bytes.count {
                // Nothing new: or somebody has shortened the file.
                return try place > 0 || file.size() == position
            }
            // A record is added in one piece: half of it can be seen for a moment only, or it is damaged.
            if place == 0, try !isGrowing(file, from: position + bytes.count) { return false }
        }
    }

    private func isGrowing(_ file: GrowingFile, from size: Int) throws -> Bool {
        let deadline = MonotonicClock.now &+ Self.patience
        while MonotonicClock.now < deadline {
            if try file.size() != size { return true }
        }
        return false
    }

    /// How long the rest of a record may take to follow, in nanoseconds: its writer waits for a processor, or for the disk.
    private static var patience: UInt64 { 20_000_000 }

    /// Takes entries out of the index, brought up to date, until the limits hold.
    ///
    /// - Parameter records: What is counted, too, and will be added next. It is read once more then: twice does no harm.
    mutating func evict(_ limits: CacheLimits, after records: [UInt8] = []) throws -> [CacheKey] {
        _ = try current()
        guard var index else { return [] }
        self.index = nil
        Self.forEachRecord(of: records) { index.apply($0) }
        let victims = index.evict(limits, now: .now)
        self.index = index
        return victims
    }

    // MARK: - Writing anew

    /// Makes the file shorter if it pays.
    mutating func compactIfLong() throws {
        guard position > Self.smallest, let count = index?.count else { return }
        guard position > 4 * count * (IndexRecord.fixed + 16) else { return }
        try replace { journal in
            // As it is: to make a missing or damaged one anew would take the lock that is held here.
            guard let file = journal.file, let index = try journal.readOn(file) else { return nil }
            return (index.records, journal.position)
        }
    }

    /// Makes the index from the directory.
    mutating func rebuild() throws {
        let files = files
        try replace { journal in
            // Somebody else may have made it by now.
            let file = journal.file
            if let file, try journal.readOn(file) != nil { return nil }
            // What is added from here on may not be seen by the walk.
            let start = try file?.size() ?? 0
            let first = Self.header.count
            let old = start > first ? try file?.read(at: first, upTo: start - first) : nil
            var index = EntryIndex()
            // The files of the last records may come too late for the walk.
            Self.forEachRecord(of: old ?? []) { index.apply($0) }
            for item in try files.walk().sorted(by: { $0.lastUse < $1.lastUse }) {
                index.put(item.key, byteCount: item.byteCount, at: Int64(item.lastUse))
            }
            return (index.records, start)
        }
    }

    /// Replaces the file by one that begins with what `content` makes, which holds all of the old one up to a position.
    private mutating func replace(
        _ content: (inout IndexJournal) throws -> (records: [UInt8], position: Int)?
    ) throws {
        try files.makeWorkDirectory()
        guard let lock = try HeldLock.acquire(files.indexLock) else { return }
        defer { lock.release() }
        // What others add to, if there is such a file: not ours if somebody has replaced that.
        if let known = file, !known.isInPlace { forget() }
        if file == nil, Directory.status(of: files.index) != nil { file = try GrowingFile(files.index) }
        let old = file
        guard let (records, start) = try content(&self) else { return }
        let part = files.newPart()
        let new = try PartFile(part)
        do {
            for bytes in [Self.header, records] {
                // Safe: the bytes are written while the array holds them.
                try unsafe bytes.withUnsafeBytes { try unsafe new.write($0) }
            }
            try new.finish(as: files.index)
        } catch {
            new.discard()
            throw error
        }
        forget()
        guard let old, case let end = try old.size(), start < end else { return }
        // Added to the old file since.
        let tail = try old.read(at: start, upTo: end - start)
        try GrowingFile(files.index).append(Self.wholeRecords(of: tail))
    }

    /// The records at the beginning of some bytes, as far as they are whole.
    private static func wholeRecords(of bytes: [UInt8]) -> [UInt8] {
        Array(bytes.prefix(forEachRecord(of: bytes) { _ in }))
    }

    /// Reads the whole records at the beginning of some bytes.
    ///
    /// - Returns: Where they end.
    @discardableResult
    private static func forEachRecord(of bytes: [UInt8], _ body: (IndexRecord) -> Void) -> Int {
        var place = 0
        while place < bytes.count, case .record(let record, let length) = IndexRecord.read(bytes, at: place) {
            body(record)
            place += length
        }
        return place
    }
}
