internal import JoblibSystem

extension NumPyLayout {
    /// Where the bytes of an array come from: fills the whole buffer with the next ones, or throws.
    package typealias Source = (UnsafeMutableRawBufferPointer) throws -> Void

    /// From this size on memory is not taken before bytes have come: the size may be a lie.
    static let trusted = 256 << 20

    /// Reads an array's elements, in C order.
    ///
    /// - Parameters:
    ///   - element: What they become. Other types of numbers are converted where no value changes.
    ///   - subject: What is read, for errors, as in `'grid.npy'`.
    ///   - available: How many bytes there are, where that is known: memory for as many is taken at once.
    ///   - source: Gives exactly the array's bytes, in order, in pieces.
    /// - Throws: ``JoblibError`` if the elements are no numbers or do not fit, or what `source` throws.
    package func read<Element: NumPyElement>(
        _ element: Element.Type,
        in subject: String,
        available: Int? = nil,
        from source: Source
    ) throws -> [Element] {
        let (count, byteCount) = try size(in: subject)
        if let available, available < byteCount {
            throw JoblibError.truncatedArray(subject, expected: byteCount, found: available)
        }
        guard type.isNumber else { throw JoblibError.unsupportedElements(type, in: subject) }
        // Swift ends a program that asks for memory which is not there.
        let needed = max(byteCount, count * MemoryLayout<Element>.stride)
        guard needed <= Self.trusted || HeapMemory.isAvailable(needed) else {
            throw JoblibError.outOfMemory(needed, for: subject)
        }
        let elements: [Element]
        if type.native == Element.numPyType {
            let isSizeKnown = available != nil || byteCount <= Self.trusted
            elements = try unsafe readSame(count, atOnce: isSizeKnown ? count : Self.trusted / type.itemSize, source)
        } else {
            guard type.converts(to: Element.numPyType) else {
                throw JoblibError.otherElements(type, wanted: Element.self, in: subject)
            }
            elements = try unsafe readConverted(count, in: subject, source)
        }
        return isCOrder ? elements : NumPyOrder.cOrder(elements, fromFortran: shape)
    }

    /// Elements whose bytes are, but for their order, those of `Element`.
    private func readSame<Element: NumPyElement>(_ count: Int, atOnce: Int, _ source: Source) throws -> [Element] {
        func part(_ count: Int) throws -> [Element] {
            // Safe: the source fills the whole buffer or throws; any bytes are numbers, and those of a Bool are made 0
            // or 1 before they are looked at as such.
            try unsafe [Element](unsafeUninitializedCapacity: count) { buffer, filled in
                let bytes = UnsafeMutableRawBufferPointer(buffer)
                if let start = bytes.baseAddress, bytes.count >= LargePages.byteCount {
                    unsafe LargePages.prefer(start, byteCount: bytes.count)
                }
                if count > 0 { try unsafe source(bytes) }
                if type.kind == .boolean { unsafe Self.normalizeBooleans(bytes) }
                if !type.isNative { unsafe NumPyOrder.swapBytes(bytes, unit: type.swapUnit) }
                filled = count
            }
        }
        var elements = try part(min(count, atOnce))
        while elements.count < count {
            elements += try part(min(count - elements.count, elements.count, atOnce))
        }
        return elements
    }

    /// NumPy takes every byte but 0 for true; Swift's `Bool` has two values only.
    private static func normalizeBooleans(_ bytes: UnsafeMutableRawBufferPointer) {
        for index in bytes.indices { unsafe bytes[index] = bytes[index] == 0 ? 0 : 1 }
    }

    private func readConverted<Element: NumPyElement>(
        _ count: Int,
        in subject: String,
        _ source: Source
    ) throws -> [Element] {
        let pieceCount = max(min(count, (1 << 20) / type.itemSize), 1)
        var elements: [Element] = []
        elements.reserveCapacity(min(count, Self.trusted / MemoryLayout<Element>.stride))
        // Safe: only the part of the buffer that the source has filled is read.
        try unsafe withUnsafeTemporaryAllocation(byteCount: pieceCount * type.itemSize, alignment: 16) { buffer in
            while elements.count < count {
                let size = min(count - elements.count, pieceCount) * type.itemSize
                let piece = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[..<size])
                try unsafe source(piece)
                for offset in stride(from: 0, to: size, by: type.itemSize) {
                    let number = unsafe type.number(in: UnsafeRawBufferPointer(piece), at: offset)
                    guard let element = Element(exactly: number) else {
                        throw JoblibError.inexactElement(
                            number,
                            at: elements.count,
                            type: type,
                            wanted: Element.self,
                            in: subject
                        )
                    }
                    elements.append(element)
                }
            }
        }
        return elements
    }
}
