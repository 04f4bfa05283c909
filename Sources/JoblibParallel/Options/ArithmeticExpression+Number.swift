extension ArithmeticExpression {
    /// A number as Python has them: whole until a division, a negative power or a decimal point makes it real.
    package enum Number: Sendable, Hashable, CustomStringConvertible {
        case integer(Int)
        case real(Double)

        var real: Double {
            switch self {
            case .integer(let value): Double(value)
            case .real(let value): value
            }
        }

        var magnitude: Double { real.magnitude }

        /// The number without its fraction, as Python's `int()`; `nil` where no `Int` is that large.
        package var truncated: Int? {
            switch self {
            case .integer(let value): value
            case .real(let value): Int(exactly: value.rounded(.towardZero))
            }
        }

        package var description: String {
            switch self {
            case .integer(let value): "\(value)"
            case .real(let value): "\(value)"
            }
        }

        static prefix func - (operand: Self) -> Self {
            switch operand {
            // The negative of the least integer does not exist; it is also far beyond what an expression may hold.
            case .integer(let value): .integer(0 &- value)
            case .real(let value): .real(-value)
            }
        }
    }
}

extension ArithmeticExpression.Operator {
    typealias Number = ArithmeticExpression.Number
    typealias Failure = ArithmeticExpression.Failure

    func apply(_ left: Number, _ right: Number) throws(Failure) -> Number {
        switch (left, right) {
        case (.integer(let left), .integer(let right)): try apply(left, right)
        default: try apply(left.real, right.real)
        }
    }

    private func apply(_ left: Int, _ right: Int) throws(Failure) -> Number {
        switch self {
        case .add: return try Self.whole(left.addingReportingOverflow(right), left, "+", right)
        case .subtract: return try Self.whole(left.subtractingReportingOverflow(right), left, "-", right)
        case .multiply: return try Self.whole(left.multipliedReportingOverflow(by: right), left, "*", right)
        case .divide:
            guard right != 0 else { throw .invalid }
            return .real(Double(left) / Double(right))
        case .floorDivide:
            guard right != 0 else { throw .invalid }
            let quotient = left.dividedReportingOverflow(by: right)
            let isInexact = left % right != 0 && (left < 0) != (right < 0)
            return try Self.whole((quotient.partialValue - (isInexact ? 1 : 0), quotient.overflow), left, "//", right)
        case .remainder:
            guard right != 0 else { throw .invalid }
            let remainder = left % right
            return .integer(remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder)
        case .power:
            guard right >= 0 else { return try apply(Double(left), Double(right)) }
            return try Self.wholePower(left, right)
        }
    }

    private func apply(_ left: Double, _ right: Double) throws(Failure) -> Number {
        let value: Double
        switch self {
        case .add: value = left + right
        case .subtract: value = left - right
        case .multiply: value = left * right
        case .divide:
            guard right != 0 else { throw .invalid }
            value = left / right
        case .floorDivide:
            guard right != 0 else { throw .invalid }
            value = Self.floorDivision(left, right).quotient
        case .remainder:
            guard right != 0 else { throw .invalid }
            value = Self.floorDivision(left, right).remainder
        case .power:
            value = try Self.realPower(left, right)
            // Python's float power raises OverflowError, which joblib takes for a bad expression.
            guard value.isFinite else { throw .invalid }
        }
        guard !value.isNaN else { throw .invalid }
        return .real(value)
    }

    private static func whole(
        _ result: (partialValue: Int, overflow: Bool),
        _ left: Int,
        _ symbol: String,
        _ right: Int
    ) throws(Failure) -> Number {
        guard !result.overflow else { throw .tooLarge("\(left)\(symbol)\(right)") }
        return .integer(result.partialValue)
    }

    private static func wholePower(_ base: Int, _ exponent: Int) throws(Failure) -> Number {
        // Only these three keep their size, and would otherwise be multiplied with themselves for ever.
        if exponent == 0 || base == 1 { return .integer(1) }
        if base == 0 { return .integer(0) }
        if base == -1 { return .integer(exponent.isMultiple(of: 2) ? 1 : -1) }
        var value = 1
        for _ in 0..<exponent {
            let (product, overflow) = value.multipliedReportingOverflow(by: base)
            guard !overflow else { throw .tooLarge("\(base)**\(exponent)") }
            value = product
        }
        return .integer(value)
    }

    /// `base` to the power `exponent`; the standard library has no `pow`.
    private static func realPower(_ base: Double, _ exponent: Double) throws(Failure) -> Double {
        if base == 0, exponent < 0 { throw .invalid }
        var whole = exponent.magnitude.rounded(.towardZero)
        var fraction = exponent.magnitude - whole
        // The root of a negative number is complex.
        guard fraction == 0 || base >= 0 else { throw .invalid }

        var value = 1.0
        var square = base
        while whole >= 1 {
            if whole.truncatingRemainder(dividingBy: 2) == 1 { value *= square }
            square *= square
            whole = (whole / 2).rounded(.towardZero)
        }
        // Each binary digit of the fraction stands for one more square root.
        var root = base
        while fraction > 0 {
            root = root.squareRoot()
            fraction *= 2
            if fraction >= 1 {
                value *= root
                fraction -= 1
            }
        }
        return exponent < 0 ? 1 / value : value
    }

    // As CPython's float_divmod: the remainder has the divisor's sign, and the quotient fits it.
    private static func floorDivision(_ left: Double, _ right: Double) -> (quotient: Double, remainder: Double) {
        var remainder = left.truncatingRemainder(dividingBy: right)
        var quotient = (left - remainder) / right
        if remainder != 0, (remainder < 0) != (right < 0) {
            remainder += right
            quotient -= 1
        }
        return (quotient.rounded(), remainder)
    }
}
