/// How many batches are taken from the input ahead of the workers, as joblib's `pre_dispatch`.
///
/// A batch is one task until automatic batching finds the tasks too short for that. Few keep memory small where the
/// input is made on the fly; many keep the workers busy where its elements come slowly. The default, `"2*n_jobs"`, is
/// two for every worker.
///
/// In an expression `n_jobs` stands for the number of workers; there are numbers, `+ - * / // % **` and parentheses,
/// with Python's meaning. The fraction of the result is dropped. An expression that cannot be computed, and a result of
/// less than one, are reported with a ``JoblibError`` when a call is made; they never make a result empty.
///
/// ```swift
/// Parallel(preDispatch: "1.5 * n_jobs")
/// Parallel(preDispatch: .perJob(1.5))                              // the same
/// Parallel(preDispatch: 6)
/// Parallel(preDispatch: .all)                                      // read the whole input before the first task ends
/// Parallel(preDispatch: try PreDispatch(parsing: settings.ahead))
/// ```
public struct PreDispatch: Sendable, Hashable {
    private enum Form: Hashable {
        case all
        case count(Int)
        case perJob(Double)
        // The text as written: a literal that is no expression is kept until there is a call that can report it.
        case expression(String)
    }

    private var form: Form

    private init(_ form: Form) {
        self.form = form
    }

    /// A computed number of batches.
    ///
    /// - Parameter count: How many batches, at least 1. Less is refused, with a ``JoblibError``, when a call is made.
    public init(_ count: Int) {
        form = .count(count)
    }

    /// Reads `"all"` or an expression such as `"3*n_jobs"`.
    ///
    /// - Parameter text: The text, for example from a configuration file.
    /// - Throws: ``JoblibError`` if the text is neither. It does *not* throw where only some numbers of jobs make the
    ///   result less than one task: that is for the call to report.
    public init(parsing text: String) throws {
        form = Self.read(text)
        guard case .expression = form else { return }
        do {
            let expression = try ArithmeticExpression(text)
            guard !expression.text.contains(ArithmeticExpression.variable) else { return }
        } catch {
            throw Self.error(for: error, computed: ArithmeticExpression.trimmed(text), written: text)
        }
        // Without the variable the result is the same for every call, so there is nothing to wait for.
        _ = try tasks(jobs: 1)
    }

    /// The whole input at once.
    public static var all: Self { Self(.all) }

    /// A number of batches for every job, the fraction of the product dropped.
    ///
    /// - Parameter factor: How many batches a job; times the number of jobs it must be at least 1 and finite, or the
    ///   call is refused with a ``JoblibError``.
    public static func perJob(_ factor: Double) -> Self { Self(.perJob(factor)) }

    /// How many batches, each of one task at first, may be ahead of the workers; `nil` for all.
    ///
    /// - Parameter jobs: How many workers there are.
    package func tasks(jobs: Int) throws(JoblibError) -> Int? {
        switch form {
        case .all:
            return nil
        case .count(let count):
            guard count >= 1 else { throw .preDispatchBelowOne(description, value: "\(count)", jobs: jobs) }
            return count
        case .perJob(let factor):
            let product = factor * Double(jobs)
            guard factor.isFinite, product.isFinite else { throw .preDispatchNotFinite(factor) }
            guard product >= 1 else { throw .preDispatchBelowOne(description, value: "\(product)", jobs: jobs) }
            // More than an Int can count is more than an input can hold.
            return Int(exactly: product.rounded(.towardZero)) ?? .max
        case .expression(let text):
            return try Self.tasks(computing: text, jobs: jobs)
        }
    }

    private static func tasks(computing text: String, jobs: Int) throws(JoblibError) -> Int {
        let value: ArithmeticExpression.Number
        do {
            value = try ArithmeticExpression(text).value(variable: jobs)
        } catch {
            let computed = ArithmeticExpression.substituted(text, variable: jobs)
            throw Self.error(for: error, computed: computed, written: text)
        }
        guard let count = value.truncated, count >= 1 else {
            throw .preDispatchBelowOne("\"\(text)\"", value: "\(value)", jobs: jobs)
        }
        return count
    }

    private static func read(_ text: String) -> Form {
        ArithmeticExpression.trimmed(text) == "all" ? .all : .expression(text)
    }

    private static func error(
        for failure: ArithmeticExpression.Failure,
        computed: String,
        written: String
    ) -> JoblibError {
        switch failure {
        case .invalid:
            .invalidExpression(computed, written: written)
        case .tooLong:
            .expressionTooLong(computed, maximum: ArithmeticExpression.maximumLength)
        case .tooLarge(let number):
            .numberTooLarge(
                number,
                expression: computed,
                written: written,
                maximum: ArithmeticExpression.maximumMagnitude
            )
        }
    }
}

extension PreDispatch: ExpressibleByIntegerLiteral {
    /// The number of batches written as a literal, as in `preDispatch: 6`.
    public init(integerLiteral value: Int) {
        self.init(value)
    }
}

extension PreDispatch: ExpressibleByStringLiteral {
    /// `"all"` or an expression such as `"3*n_jobs"`; one that is neither is reported when a call is made.
    public init(stringLiteral value: String) {
        form = Self.read(value)
    }
}

extension PreDispatch: CustomStringConvertible {
    /// The value as it is written in a program.
    public var description: String {
        switch form {
        case .all: ".all"
        case .count(let count): "\(count)"
        case .perJob(let factor): ".perJob(\(factor))"
        case .expression(let text): "\"\(text)\""
        }
    }
}
