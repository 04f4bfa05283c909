internal import JoblibSystem

extension NPZ.Archive {
    /// Looks at one array.
    func inspect(_ name: String, _ inspector: ArrayInspector) throws(JoblibError) -> InspectedValue {
        try withMember(name) { input, subject in
            let header = try unsafe NPYHeader.read(in: subject, describesRecords: true) { try unsafe input.fill($0) }
            let layout = header.layout
            let (_, byteCount) = try layout.size(in: subject)
            if layout.type.kind == .object {
                let source = unsafe StreamSource { try unsafe input.read(into: $0) }
                var reader = PickleReader(PickleInput(source), inspector: inspector)
                do {
                    let item = try reader.readItem()
                    return InspectedValue(item, in: PickleContents(reader.nodes))
                } catch let problem as PickleProblem {
                    throw JoblibError.damagedNPZ(subject, problem.reason)
                }
            }
            var summary: ArraySummary
            if let range = input.storedRange, header.byteCount + byteCount == range.count {
                let offset = range.lowerBound + header.byteCount
                summary = try inspector.summary(of: layout, in: file, at: offset, isInPlace: offset % 16 == 0)
            } else {
                summary = try unsafe inspector.summary(of: layout) { try unsafe input.fill($0) }
                try input.finish()
            }
            summary.fields = header.fields
            return InspectedValue(summary)
        }
    }
}
