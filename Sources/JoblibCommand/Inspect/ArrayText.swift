internal import Joblib
internal import JoblibParallel
internal import JoblibPersistence

/// An array in a line, or in several.
struct ArrayText {
    let array: ArraySummary

    init(_ array: ArraySummary) {
        self.array = array
    }

    var shape: String {
        array.shape.count == 1
            ? "(\(array.shape[0]),)" : "(" + array.shape.map(String.init).joined(separator: ", ") + ")"
    }

    private var type: String {
        let isTurned = !array.type.isNative && array.type.swapUnit > 1
        if array.type.kind == .void { return "records of \(HumanText.count(array.type.itemSize, "byte"))" }
        return array.type.name + (isTurned ? array.type.isBigEndian ? " big-endian" : " little-endian" : "")
    }

    /// Everything in a line.
    var line: String {
        var text = "\(type) \(shape), "
        if array.isFortranOrder, array.shape.count > 1 { text += "Fortran order, " }
        text += SizeText.bytes(array.byteCount)
        let statistics = self.statistics.map { $0.0 + " " + $0.1 }
        if !statistics.isEmpty { text += " · " + statistics.joined(separator: ", ") }
        if !array.first.isEmpty { text += " · " + first(4) }
        return text
    }

    /// What there is to say, by name.
    var details: [(String, String)] {
        let code = "\(array.type)"
        var details = [("type", type.contains(code) ? type : "\(type) (\(code))"), ("shape", shape)]
        if let fields = array.fields { details.append(("fields", fields)) }
        details.append(("order", array.isFortranOrder ? "Fortran" : "C"))
        details.append(("elements", HumanText.count(array.count)))
        details.append(("size", SizeText.bytes(array.byteCount)))
        details += statistics
        if let statistics = array.statistics, statistics.examined < array.count {
            details.append(("sample", "\(HumanText.count(statistics.examined)) elements; --full looks at all"))
        }
        if !array.first.isEmpty { details.append(("first", first(8))) }
        return details
    }

    private var statistics: [(String, String)] {
        guard let statistics = array.statistics else { return [] }
        var facts = range
        if statistics.nanCount > 0 { facts.append(("NaN", HumanText.count(statistics.nanCount))) }
        if statistics.infiniteCount > 0 { facts.append(("infinite", HumanText.count(statistics.infiniteCount))) }
        return facts
    }

    /// From where to where the numbers go.
    var range: [(String, String)] {
        guard let statistics = array.statistics, let least = statistics.minimum, let greatest = statistics.maximum,
            let mean = statistics.mean
        else { return [] }
        if array.type.kind == .boolean { return [("true", HumanText.percent(mean))] }
        return [("min", Self.number(least)), ("max", Self.number(greatest)), ("mean", Self.short(mean))]
    }

    private static func number(_ number: NumPyNumber) -> String {
        if case .real(let value) = number { return short(value) }
        return "\(number)"
    }

    /// As many digits as anybody reads.
    static func short(_ value: Double) -> String {
        let small = Float(value)
        return small.isFinite && small.isNormal || value == 0 ? "\(small)" : "\(value)"
    }

    private func first(_ count: Int) -> String {
        let values = array.first.prefix(count).map { value in
            switch value {
            case .float(let value): Self.short(value)
            case .string(let text): ValueText.quoted(text)
            case .int(let value) where array.type.isTime: array.type.timeText(Int64(value))
            case .bytes(let bytes) where array.type.kind == .bytes && bytes.allSatisfy { (0x20...0x7e).contains($0) }:
                ValueText.quoted(String(decoding: bytes, as: UTF8.self))
            case .bytes(let bytes): Self.hexadecimal(bytes)
            default: "\(value)"
            }
        }
        return values.joined(separator: ", ") + (array.count > values.count ? ", …" : "")
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = bytes.prefix(16).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return bytes.count > 16 ? digits + "…" : digits
    }
}
