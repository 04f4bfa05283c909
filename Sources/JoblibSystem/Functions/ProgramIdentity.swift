/// Which program this is, in which build: what two processes compare before one sends the other functions.
package struct ProgramIdentity: Sendable, Hashable, CustomStringConvertible {
    private let image: ImageIdentity

    /// This process's own. Found once, from what is in memory already.
    package static let current = ProgramIdentity(image: ImageTable.programIdentity)

    private init(image: ImageIdentity) { self.image = image }

    /// Hexadecimal digits of the build-id, or of what stands for it.
    package var description: String {
        switch image.mark {
        case .build(let bytes): Self.digits(bytes)
        case .file(let stamp): "file " + stamp.map { String($0, radix: 16) }.joined(separator: "-")
        case .none(let process): "process \(process)"
        }
    }

    package func write(to bytes: inout [UInt8]) {
        ImageIdentity(path: "", mark: image.mark).write(to: &bytes)
    }

    /// Takes an identity from the front of the bytes; nil when they are no such thing.
    package init?(reading bytes: inout ArraySlice<UInt8>) {
        guard let image = ImageIdentity(reading: &bytes) else { return nil }
        self.image = image
    }

    private static func digits(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
