internal import JoblibSystem

/// Where in a file an array lies just as it is.
struct NPYPlace {
    var file: FileReader
    /// Where its header begins.
    var start: Int
    /// Where nothing of it can lie any more.
    var end: Int
}

extension NPY {
    /// Reads the array whose header comes next.
    ///
    /// - Parameters:
    ///   - subject: What is read, for errors, as in `'grid.npy'`.
    ///   - place: Where the bytes lie; nil if they do so in no file, or not as they are.
    ///   - source: Gives the next bytes.
    /// - Returns: The array, and whether its elements are the file's pages.
    static func read<A: NumPyArray>(
        _: A.Type,
        in subject: String,
        at place: NPYPlace?,
        mapped: Bool,
        _ source: NumPyLayout.Source
    ) throws -> (array: A, isMapped: Bool) {
        let header = try unsafe NPYHeader.read(in: subject, from: source)
        let layout = header.layout
        if let rank = A.numPyRank, rank != layout.shape.count {
            throw JoblibError.notOneDimension(layout.shape, element: A.Element.self, in: subject)
        }
        let available = place.map { max($0.end - $0.start - header.byteCount, 0) }
        let isSame = layout.type == A.Element.numPyType && layout.type.kind != .boolean && layout.isCOrder
        if mapped, isSame, let place, let available {
            let (count, byteCount) = try layout.size(in: subject)
            let offset = place.start + header.byteCount
            if byteCount <= available,
                let elements = MappedFileArray.map(A.Element.self, in: place.file, at: offset, count: count)
            {
                return (try A(numPyShape: layout.shape, elements: elements), true)
            }
        }
        let elements = try unsafe layout.read(A.Element.self, in: subject, available: available, from: source)
        return (try A(numPyShape: layout.shape, elements: elements), false)
    }

    /// Fills the buffer with the file's next bytes.
    static func fill(
        _ buffer: UnsafeMutableRawBufferPointer,
        from file: FileReader,
        at offset: inout Int,
        subject: String
    ) throws {
        var done = 0
        if file.size != nil {
            done = try unsafe file.read(into: buffer, at: offset, threads: threads(for: buffer.count))
        } else {
            while done < buffer.count {
                let count = try unsafe file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[done...]))
                if count == 0 { break }
                done += count
            }
        }
        offset += done
        if done < buffer.count { throw JoblibError.truncatedArray(subject, expected: buffer.count, found: done) }
    }

    /// How many threads share the reading of so many bytes: most of the time goes into the pages of new memory.
    static func threads(for byteCount: Int) -> Int {
        byteCount < ParallelRead.threshold ? 1 : min(Processors.available(), 8)
    }
}
