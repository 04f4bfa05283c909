internal import JoblibSystem

@testable import JoblibPersistence

/// Archives whose files are any bytes.
enum ZipFile {
    static func write(_ members: [(name: String, content: [UInt8])], to path: String) throws {
        try FileOutput.stream(to: path) { file in
            var writer = ZipWriter(file)
            for (name, content) in members {
                try unsafe writer.add(name, size: content.count, level: 9) { sink in
                    try unsafe content.withUnsafeBytes { try unsafe sink($0) }
                }
            }
            try writer.finish()
        }
    }
}
