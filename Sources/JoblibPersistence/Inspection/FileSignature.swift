/// What a file looks like, going by the bytes it begins with.
package enum FileSignature: Sendable, Hashable {
    case empty
    case npy
    case zip
    /// A pickle of protocol 2 or later.
    case pickle
    /// Compressed by a method that is known here.
    case compressed(String)
    /// An entry of a cache of `Memory`.
    case cacheEntry
    /// Another format, by its name.
    case other(String)
    /// Text, with the first characters of it.
    case text(String)
    case unknown

    /// How many bytes are enough.
    package static let length = 512

    /// - Parameter start: The first ``length`` bytes, or all if there are fewer.
    package init(_ start: [UInt8]) {
        func begins(_ bytes: [UInt8]) -> Bool { start.starts(with: bytes) }
        func begins(_ text: String) -> Bool { start.starts(with: text.utf8) }
        if start.isEmpty {
            self = .empty
        } else if begins(NPYHeader.magic) {
            self = .npy
        } else if begins("PK\u{3}\u{4}") || begins("PK\u{5}\u{6}") {
            self = .zip
        } else if start[0] == 0x80, start.count > 1, start[1] <= 5 {
            self = .pickle
        } else if let method = Compression(detecting: start)?.method {
            self = .compressed(method)
        } else if begins("JLC1\0\0\0\0") {
            self = .cacheEntry
        } else if let known = Self.others.first(where: { begins($0.bytes) }) {
            self = .other(known.name)
        } else if start.count > 262, start[257..<262].elementsEqual("ustar".utf8) {
            self = .other("a tar archive")
        } else if let text = Self.text(start) {
            self = .text(text)
        } else {
            self = .unknown
        }
    }

    private static let others: [(bytes: [UInt8], name: String)] = [
        ([0x89] + Array("HDF\r\n".utf8), "an HDF5 file"), (Array("PAR1".utf8), "a Parquet file"),
        (Array("ARROW1".utf8), "an Arrow file"), (Array("FEA1".utf8), "a Feather file"),
        ([0x89] + Array("PNG".utf8), "a PNG picture"), ([0xff, 0xd8, 0xff], "a JPEG picture"),
        (Array("GIF8".utf8), "a GIF picture"), (Array("%PDF".utf8), "a PDF document"),
        ([0x7f] + Array("ELF".utf8), "a program or library (ELF)"), ([0xcf, 0xfa, 0xed, 0xfe], "a program (Mach-O)"),
        (Array("SQLite format 3\0".utf8), "an SQLite database"), (Array("MATLAB 5.0".utf8), "a MATLAB file"),
        (Array("CDF\u{1}".utf8), "a NetCDF file"), (Array("CDF\u{2}".utf8), "a NetCDF file"),
        (Array("GGUF".utf8), "a GGUF model"), (Array("RIFF".utf8), "a RIFF file (sound, WebP)"),
        (Array("Obj\u{1}".utf8), "an Avro file"), (Array("JLINDEX1".utf8), "the index of a cache"),
    ]

    /// The first line or so, if all of the beginning is text.
    private static func text(_ start: [UInt8]) -> String? {
        var bytes = start
        // The last character may be cut off.
        while let last = bytes.last, last >= 0x80, start.count - bytes.count < 4 { bytes.removeLast() }
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        let isText = text.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && $0.value != 0x7f || "\t\n\r\u{c}\u{feff}".unicodeScalars.contains($0)
        }
        return isText ? String(text.prefix(40)) : nil
    }

    /// As it stands behind "it is".
    package var description: String {
        switch self {
        case .empty: "empty"
        case .npy: "a NumPy .npy file"
        case .zip: "a zip archive"
        case .pickle: "a pickle"
        case .compressed(let method): "compressed by \(method)"
        case .cacheEntry: "an entry of a cache"
        case .other(let name): name
        case .text(let text): "text that begins with \(JoblibError.quoted(text))"
        case .unknown: "of no known format"
        }
    }

    /// What reads such a file; nil where nothing here does.
    package var reader: String? {
        switch self {
        case .npy: "Read it with NPY.read(_:from:)."
        case .zip: "If it is a NumPy .npz file, read it with NPZ.read(_:from:)."
        case .pickle, .compressed: "Read it with load(_:from:)."
        case .cacheEntry: "Ask the cached function for it, or list it with joblib cache ls."
        default: nil
        }
    }

    /// Text that a pickle of protocol 0 may begin with.
    package var mayBePickle: Bool {
        switch self {
        case .pickle, .unknown: return true
        case .text(let text):
            let first = text.prefix { $0 != "\n" }
            if ["(dp", "(lp", "(tp", "(i", "(d", "(l", "(t"].contains(where: first.hasPrefix) { return true }
            // A global: two names, each on a line.
            guard first.hasPrefix("c"), text.contains("\n") else { return false }
            return first.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || "._0123456789".unicodeScalars.contains($0)
            }
        default: return false
        }
    }
}
