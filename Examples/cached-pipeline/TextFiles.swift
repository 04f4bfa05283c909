import Foundation

/// The Markdown and Swift files under `folder`, hidden ones left out, as paths in it, in alphabetical order.
func textFiles(under folder: URL) -> [String] {
    let enumerator = FileManager.default.enumerator(
        at: folder,
        includingPropertiesForKeys: nil,
        options: .skipsHiddenFiles
    )
    let root = folder.resolvingSymlinksInPath().path(percentEncoded: false)
    let prefix = root.hasSuffix("/") ? root : root + "/"
    var names: [String] = []
    while let file = enumerator?.nextObject() as? URL {
        guard ["md", "swift"].contains(file.pathExtension) else { continue }
        let path = file.resolvingSymlinksInPath().path(percentEncoded: false)
        if path.hasPrefix(prefix) { names.append(String(path.dropFirst(prefix.count))) }
    }
    return names.sorted()
}

/// The repository that this file belongs to.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
