import Foundation

/// The files under `folder`, hidden ones left out, in alphabetical order; with `extensions`, only those that have one.
func files(under folder: URL, extensions: [String]) -> [URL] {
    let enumerator = FileManager.default.enumerator(
        at: folder,
        includingPropertiesForKeys: [.isRegularFileKey],
        options: .skipsHiddenFiles
    )
    var files: [URL] = []
    while let file = enumerator?.nextObject() as? URL {
        let isFile = try? file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile
        if isFile == true, extensions.isEmpty || extensions.contains(file.pathExtension) {
            files.append(file)
        }
    }
    return files.sorted { $0.path < $1.path }
}

/// The repository that this file belongs to.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
