internal import Joblib
internal import JoblibPersistence

/// What a file holds, as JSON for programs.
struct InspectJSON {
    /// No more values than this for a file: its parts may be shared a million times.
    private static let longest = 100_000

    let depth: Int
    let items: Int

    func file(_ selection: InspectSelection) -> JSONValue {
        let file = selection.file
        let format =
            switch file.format {
            case .npy: "npy"
            case .npz: "npz"
            case .joblib: "joblib"
            case .pickle: "pickle"
            }
        var members: [(String, JSONValue)] = [
            ("file", .string(file.path)), ("format", .string(format)),
            ("bytes", file.byteCount.map { .int($0) } ?? .null), ("compressor", .optional(file.compressor)),
        ]
        if case .npy(let version) = file.format { members.append(("formatVersion", .string(version))) }
        if let version = file.pickleProtocol { members.append(("protocol", .int(version))) }
        if !selection.steps.isEmpty { members.append(("path", .string(InspectedStep.text(of: selection.steps)))) }
        var identities: [Int] = []
        var left = Self.longest
        members.append(("value", .object(value(selection.value, selection.steps, &identities, &left))))
        return .object(members)
    }

    private func value(
        _ value: InspectedValue,
        _ steps: [InspectedStep],
        _ identities: inout [Int],
        _ left: inout Int
    ) -> [(String, JSONValue)] {
        left -= 1
        switch value.kind {
        case .none: return kind("none")
        case .bool(let value): return kind("bool", ("value", .bool(value)))
        case .integer(let text):
            return kind("int", ("value", text.first?.isLetter ?? false ? .string(text) : .number(text)))
        case .float(let value):
            return kind("float", ("value", value.isFinite ? .double(value) : .string("\(value)")))
        case .complex(let text): return kind("complex", ("value", .string(text)))
        case .string(let text):
            return kind("str", ("value", .string(String(text.prefix(1000)))), ("length", .int(text.count)))
        case .bytes(let bytes): return kind("bytes", ("length", .int(bytes.count)))
        case .array(let array): return kind("array") + Self.array(array)
        case .elementType(let type): return kind("dtype", ("value", .string("\(type)")))
        case .global(let name): return kind("class", ("name", .string(name)))
        case .list: return kind("list") + parts(value, steps, &identities, &left)
        case .tuple: return kind("tuple") + parts(value, steps, &identities, &left)
        case .set: return kind("set") + parts(value, steps, &identities, &left)
        case .dictionary: return kind("dict") + parts(value, steps, &identities, &left)
        case .archive: return kind("archive") + parts(value, steps, &identities, &left)
        case .object(let name): return kind("object", ("name", .string(name))) + parts(value, steps, &identities, &left)
        }
    }

    private func kind(_ name: String, _ members: (String, JSONValue)...) -> [(String, JSONValue)] {
        [("kind", .string(name))] + members
    }

    private func parts(
        _ value: InspectedValue,
        _ steps: [InspectedStep],
        _ identities: inout [Int],
        _ left: inout Int
    ) -> [(String, JSONValue)] {
        var members: [(String, JSONValue)] = [("count", .int(value.count))]
        if value.identity.map(identities.contains) ?? false { return members + [("containsItself", .bool(true))] }
        let isTooDeep = identities.count >= depth
        let shown = isTooDeep || left <= 0 ? 0 : min(value.count, items)
        if let identity = value.identity { identities.append(identity) }
        defer { if value.identity != nil { identities.removeLast() } }
        let parts = (0..<shown).map { index in
            let (step, part) = value.part(index)
            let steps = steps + [step]
            return JSONValue.object(
                [("path", .string(InspectedStep.text(of: steps)))] + self.value(part, steps, &identities, &left)
            )
        }
        members.append(("items", .array(parts)))
        if shown < value.count { members.append(("truncated", .bool(true))) }
        return members
    }

    private static func array(_ array: ArraySummary) -> [(String, JSONValue)] {
        var members: [(String, JSONValue)] = [
            ("dtype", .string("\(array.type)")), ("type", .string(array.type.name)),
            ("shape", .array(array.shape.map { .int($0) })), ("order", .string(array.isFortranOrder ? "F" : "C")),
            ("elements", .int(array.count)), ("bytes", .int(array.byteCount)),
        ]
        if let fields = array.fields { members.append(("fields", .string(fields))) }
        if let offset = array.offset { members.append(("offset", .int(offset))) }
        if let statistics = array.statistics {
            members.append(
                (
                    "statistics",
                    .object([
                        ("examined", .int(statistics.examined)),
                        ("sampled", .bool(statistics.examined < array.count)),
                        ("min", number(statistics.minimum)), ("max", number(statistics.maximum)),
                        ("mean", statistics.mean.map { .double($0) } ?? .null),
                        ("nan", .int(statistics.nanCount)), ("infinite", .int(statistics.infiniteCount)),
                    ])
                )
            )
        }
        members.append(("first", .array(array.first.map(first))))
        return members
    }

    private static func number(_ number: NumPyNumber?) -> JSONValue {
        switch number {
        case .boolean(let value): .bool(value)
        case .integer(let value): .number("\(value)")
        case .unsigned(let value): .number("\(value)")
        case .real(let value): .double(value)
        case nil: .null
        }
    }

    private static func first(_ value: JoblibValue) -> JSONValue {
        switch value {
        case .bool(let value): .bool(value)
        case .int(let value): .int(value)
        case .bigInteger(let value): .number("\(value)")
        case .float(let value): .double(value)
        case .string(let text): .string(String(text.prefix(1000)))
        default: .string("\(value)")
        }
    }
}
