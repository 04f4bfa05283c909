internal import CJoblibSystem

/// Which program or library this is, in which build: two processes that agree on it have the same code at the same
/// distance from the image's beginning.
package struct ImageIdentity: Sendable, Hashable, CustomStringConvertible {
    /// How the build is told from others.
    enum Mark: Sendable, Hashable {
        /// What the linker wrote into the image.
        case build([UInt8])
        /// Size, time of change and number of its file, for an image without one.
        case file([UInt64])
        /// Neither is known: equal to nothing in another process.
        case none(process: Int32)
    }

    /// The file, for error messages; empty for the program itself.
    package let path: String
    let mark: Mark

    init(path: String, mark: Mark) {
        self.path = path
        self.mark = mark
    }

    /// Equal builds are the same code wherever their files lie.
    package static func == (left: Self, right: Self) -> Bool { left.mark == right.mark }

    package func hash(into hasher: inout Hasher) { hasher.combine(mark) }

    package var description: String { path.isEmpty ? "the program" : path }

    /// The mark of a file without a build-id.
    static func fileMark(of path: String) -> Mark {
        let path = path.isEmpty ? CurrentProcess.imagePath ?? "" : path
        // Safe: the C function fills in four numbers.
        var stamp = [UInt64](repeating: 0, count: 4)
        guard unsafe joblib_file_stamp(path, &stamp) else { return .none(process: CurrentProcess.identifier) }
        return .file(stamp)
    }
}

extension ImageIdentity {
    static let maximumPath = 4096
    private static let maximumMark = 64

    func write(to bytes: inout [UInt8]) {
        ByteCoding.append(path.utf8.prefix(Self.maximumPath), to: &bytes)
        switch mark {
        case .build(let identifier):
            bytes.append(1)
            ByteCoding.append(identifier, to: &bytes)
        case .file(let stamp):
            bytes.append(2)
            for number in stamp { ByteCoding.append(number, to: &bytes) }
        case .none(let process):
            bytes.append(3)
            ByteCoding.append(UInt64(UInt32(bitPattern: process)), to: &bytes)
        }
    }

    /// Takes an identity from the front of the bytes; nil when they are no such thing.
    init?(reading bytes: inout ArraySlice<UInt8>) {
        guard let path = ByteCoding.takeRun(&bytes, limit: Self.maximumPath), let kind = bytes.popFirst() else {
            return nil
        }
        switch kind {
        case 1:
            guard let identifier = ByteCoding.takeRun(&bytes, limit: Self.maximumMark) else { return nil }
            mark = .build(Array(identifier))
        case 2:
            var stamp: [UInt64] = []
            for _ in 0..<4 {
                guard let number = ByteCoding.takeNumber(&bytes) else { return nil }
                stamp.append(number)
            }
            mark = .file(stamp)
        case 3:
            guard let number = ByteCoding.takeNumber(&bytes), let process = UInt32(exactly: number) else { return nil }
            mark = .none(process: Int32(bitPattern: process))
        default: return nil
        }
        self.path = String(decoding: path, as: UTF8.self)
    }
}
