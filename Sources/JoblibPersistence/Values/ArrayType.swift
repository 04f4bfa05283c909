/// The type of a NumPy array's elements.
struct ArrayType: Hashable, Sendable {
    /// NumPy's letter: `b` truth values, `i` and `u` integers, `f` and `c` floating-point and complex numbers, `M` and `m`
    /// dates and differences of dates, `S` bytes, `U` text, `V` anything.
    var kind: Character
    /// Bytes of one element.
    var size: Int
    var isBigEndian = false
    /// Of dates: the unit with its multiple, such as `ns` or `25s`.
    var unit = ""

    /// Bytes that are turned round as one when the byte order is not this machine's.
    var swapSize: Int {
        switch kind {
        case "i", "u", "f", "M", "m": size
        case "c": size / 2
        case "U": 4
        default: 1
        }
    }

    var isNative: Bool { swapSize == 1 || isBigEndian == (1.bigEndian == 1) }

    /// The same type in this machine's byte order.
    var native: ArrayType {
        var type = self
        type.isBigEndian = 1.bigEndian == 1
        return type
    }

    /// A number with more precision than any type of Swift's.
    var isOpaqueNumber: Bool { kind == "f" && size > 8 || kind == "c" && size > 16 }

    /// `"<"`, `">"` or, where order has no meaning, `"|"`.
    var order: String { swapSize == 1 ? "|" : isBigEndian ? ">" : "<" }

    /// NumPy's code for the type without its byte order, such as `f8`.
    var code: String { String(kind) + (kind == "U" ? String(size / 4) : String(size)) }

    /// NumPy's text for the type, such as `<f8` or `<M8[ns]`.
    var text: String { order + code + (unit.isEmpty ? "" : "[\(unit)]") }

    /// The type that a pickled `dtype('f8', …)` begins with; its BUILD brings the byte order.
    init(code: String) throws(PickleProblem) {
        var digits = Substring(code)
        guard let kind = digits.popFirst() else { throw .damaged("an array has elements without a type") }
        guard kind != "O" else { throw .objects }
        guard let number = Int(digits), number >= 0, "biufcMmSUV".contains(kind) else {
            throw .unsupported("an array has elements of NumPy's type \(code.shortened(to: 20).debugDescription)")
        }
        let (size, overflow) = number.multipliedReportingOverflow(by: kind == "U" ? 4 : 1)
        self.init(kind: kind, size: overflow ? -1 : size)
        guard isPossible else { throw .unsupported("an array has elements of NumPy's type \(code.shortened(to: 20))") }
    }

    init(kind: Character, size: Int, isBigEndian: Bool = 1.bigEndian == 1, unit: String = "") {
        self.kind = kind
        self.size = size
        self.isBigEndian = isBigEndian
        self.unit = unit
    }

    private var isPossible: Bool {
        switch kind {
        case "b": size == 1
        case "i", "u": [1, 2, 4, 8].contains(size)
        case "f": [2, 4, 8, 12, 16].contains(size)
        case "c": [8, 16, 24, 32].contains(size)
        case "M", "m": size == 8
        default: (0...1 << 30).contains(size)
        }
    }
}

extension PickleProblem {
    static var objects: PickleProblem {
        .unsupported(
            "an array holds Python objects (dtype=object)",
            "In Python, convert it to a numeric array with astype, or to a list with tolist, and dump it again."
        )
    }
}
