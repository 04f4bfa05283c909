internal import CJoblibSystem

/// Turns addresses into functions and lines: from the files' own tables, read when they are needed.
///
/// Takes milliseconds for the first address of a file. What was found is kept, the tables of lines are not.
package enum Symbolizer {
    /// The frames of a stack, all of them: ``FrameSelection`` chooses among them.
    package static func frames(of stack: RawStack) -> [RawFrame] {
        let all = stack.frames + stack.outer
        lock.withLock {
            let wanted = Set(all.compactMap { address in address.image.map { Key(stack.images[$0], address.offset) } })
            resolve(wanted.filter { unsafe known[$0] == nil })
        }
        var frames = lock.withLock {
            all.map { address in
                guard let image = address.image else {
                    return RawFrame(function: hex(address.offset), image: "", offset: address.offset, kind: .user)
                }
                let identity = stack.images[image]
                return unsafe known[Key(identity, address.offset)]
                    ?? nameless(identity, address.offset)
            }
        }
        if stack.omitted > 0, !stack.frames.isEmpty { frames[stack.frames.count - 1].omittedAfter = stack.omitted }
        return frames
    }

    private struct Key: Hashable {
        var image: StackImage
        var offset: UInt64

        init(_ image: StackImage, _ offset: UInt64) {
            self.image = image
            self.offset = offset
        }
    }

    /// What was found, a few hundred bytes each; emptied when it has become large.
    // Touched with `lock` held only.
    private nonisolated(unsafe) static var known: [Key: RawFrame] = [:]
    private static let lock = Monitor()
    private static let capacity = 4096

    /// The program's own file, even when it has been replaced by a newer build.
    private static let program = MappedImage.all().first { $0.isProgram }

    private static func resolve(_ keys: Set<Key>) {
        if keys.isEmpty { return }
        if unsafe known.count + keys.count > capacity { unsafe known.removeAll() }
        for (image, keys) in Dictionary(grouping: keys, by: \.image) {
            guard let path = path(of: image) else {
                for key in keys { unsafe known[key] = nameless(image, key.offset) }
                continue
            }
            let table = FunctionSymbols.table(of: path)
            let functions = keys.map { key in (key, table?.function(at: key.offset)) }
            let queries = functions.map { key, function in
                LineTable.Query(address: key.offset, functionStart: function?.address)
            }
            let locations = LineSections.table(of: path)?.locations(of: Set(queries)) ?? [:]
            for ((key, function), query) in zip(functions, queries) {
                unsafe known[key] = frame(image, key.offset, function?.name, locations[query])
            }
        }
    }

    /// The file that holds an image's tables; nil when it is another one than it was.
    private static func path(of image: StackImage) -> String? {
        if let program, program.identity == image, let path = CurrentProcess.imagePath { return path }
        guard !image.path.isEmpty else { return nil }
        // A library that was replaced has other addresses.
        return image.buildID.isEmpty || LineSections.buildID(of: image.path) == image.buildID ? image.path : nil
    }

    private static func frame(
        _ image: StackImage,
        _ offset: UInt64,
        _ symbol: String?,
        _ location: SourcePlace?
    ) -> RawFrame {
        guard let symbol else { return nameless(image, offset) }
        let demangled = FunctionSymbols.demangled(symbol)
        let name = FunctionName.readable(demangled: demangled ?? symbol) ?? String((demangled ?? symbol).prefix(200))
        let kind = FrameKinds.kind(symbol: symbol, demangled: demangled, image: image.name)
        return RawFrame(function: name, location: location, image: image.name, offset: offset, kind: kind)
    }

    private static func nameless(_ image: StackImage, _ offset: UInt64) -> RawFrame {
        let name = "\(hex(offset)) in \(image.name)"
        let kind = FrameKinds.kind(symbol: nil, demangled: nil, image: image.name)
        return RawFrame(function: name, image: image.name, offset: offset, kind: kind)
    }

    private static func hex(_ number: UInt64) -> String { "0x" + String(number, radix: 16) }
}
