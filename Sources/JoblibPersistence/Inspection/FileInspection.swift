internal import JoblibSystem

/// What is in a file of values or arrays: what the command `joblib inspect` shows.
///
/// Nothing that a file holds is kept but what describes it: arrays are summarised while they are read, large ones from a
/// sample. No code is run, and objects of any class are described by their state.
package struct FileInspection {
    package enum Format: Sendable, Hashable {
        /// With the format's version, as in `1.0`.
        case npy(String)
        case npz
        case joblib
        case pickle
    }

    package let path: String
    package let format: Format
    /// In bytes; nil for a pipe.
    package let byteCount: Int?
    /// The method that the whole file is compressed by.
    package let compressor: String?
    /// Of a pickle; nil: 0 or 1, which do not say so.
    package let pickleProtocol: Int?
    package let root: InspectedValue

    /// Looks at a file.
    ///
    /// - Parameters:
    ///   - path: The file; what it is is seen from its bytes, not from its name.
    ///   - readsAll: Whether the summaries of large arrays are of all elements.
    ///   - plot: Gets the numbers of the array with this number (``ArraySummary/ordinal``).
    /// - Throws: ``JoblibError``: `.cannotReadFile`, `.damagedFile` when the file is damaged or of another format, which is
    ///   named, `.unsupportedType`, `.missingLibrary`.
    package init(
        _ path: String,
        readsAll: Bool = false,
        plot: (ordinal: Int, collector: ArrayPlotCollector)? = nil
    ) throws(JoblibError) {
        do {
            let file = try InspectedFile(path)
            let inspector = ArrayInspector(readsAll: readsAll, plot: plot)
            self.path = path
            byteCount = file.file.size
            compressor = file.compressor
            switch file.signature {
            case .npy:
                let (version, root) = try Self.npy(file, JoblibError.quoted(path), inspector)
                (format, self.root, pickleProtocol) = (.npy(version), root, nil)
            case .zip:
                (format, root, pickleProtocol) = (.npz, try Self.npz(file, inspector), nil)
            case let signature where signature.mayBePickle || signature.isText:
                let input = PickleInput(file.source)
                var reader = PickleReader(input, inspector: inspector)
                let item: PickleItem
                do {
                    item = try reader.readItem()
                    try input.finish()
                } catch let problem as PickleProblem {
                    if !signature.mayBePickle { throw JoblibError.unknownFormat(path, file) }
                    if case .unknown = signature { throw JoblibError.unknownFormat(path, file) }
                    throw problem
                }
                root = InspectedValue(item, in: PickleContents(reader.nodes))
                pickleProtocol = reader.version.map { Int($0) }
                format = inspector.hasWrappers || Self.isNamedJoblib(path) ? .joblib : .pickle
            default: throw JoblibError.unknownFormat(path, file)
            }
        } catch {
            throw JoblibError.cannotInspect(path, cause: error)
        }
    }

    private static func isNamedJoblib(_ path: String) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        return name.split(separator: ".").dropFirst().contains("joblib")
    }

    private static func npy(
        _ file: InspectedFile,
        _ subject: String,
        _ inspector: ArrayInspector
    ) throws -> (String, InspectedValue) {
        let input = PickleInput(file.source)
        let header = try unsafe NPYHeader.read(in: subject, describesRecords: true) { try unsafe input.fill($0) }
        let version = "\(file.start[6]).\(file.start[7])"
        let layout = header.layout
        _ = try layout.size(in: subject)
        if layout.type.kind == .object {
            var reader = PickleReader(input, inspector: inspector)
            let item = try reader.readItem()
            return (version, InspectedValue(item, in: PickleContents(reader.nodes)))
        }
        var summary = try inspector.summary(of: layout, from: input, canMap: true)
        summary.fields = header.fields
        try input.finish()
        return (version, InspectedValue(summary))
    }

    private static func npz(_ file: InspectedFile, _ inspector: ArrayInspector) throws -> InspectedValue {
        guard file.compressor == nil, file.file.size != nil else {
            throw JoblibError.damagedNPZ(JoblibError.quoted(file.file.path), "it is not a regular file by itself")
        }
        let archive = try NPZ.Archive(file.file.path)
        guard !archive.names.isEmpty else { throw JoblibError.noArrays(file.file.path) }
        return InspectedValue(archive: try archive.names.map { ($0, try archive.inspect($0, inspector)) })
    }
}

extension FileSignature {
    fileprivate var isText: Bool { if case .text = self { true } else { false } }
}

extension JoblibError {
    static func unknownFormat(_ path: String, _ file: InspectedFile) -> Self {
        let outside = file.compressor.map { ", compressed by \($0)," } ?? ""
        return Self(
            code: .damagedFile,
            message:
                "\(quoted(path))\(outside) is \(file.signature.description), and no joblib, pickle, .npy or .npz file",
            remedy: file.signature == .cacheEntry ? file.signature.reader : nil
        )
    }

    static func noArrays(_ path: String) -> Self {
        Self(
            code: .damagedFile,
            message: "\(quoted(path)) is a zip archive without NumPy arrays (.npy files), and so no .npz file"
        )
    }

    static func cannotInspect(_ path: String, cause: any Error) -> Self {
        switch cause {
        case let problem as PickleProblem:
            Self(
                code: problem.kind == .damaged ? .damagedFile : .unsupportedType,
                message: "\(quoted(path)) cannot be looked at: \(problem.reason)",
                remedy: problem.kind == .damaged ? problem.remedy ?? "It is damaged or cut off." : problem.remedy
            )
        default: cannotRead(path, cause: cause)
        }
    }
}
