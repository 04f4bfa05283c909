internal import ArgumentParser

/// What the tasks of the experiment do.
enum Workload: String, Sendable, CaseIterable, ExpressibleByArgument {
    case convolution
    case matrix
    case sleep

    /// For headings.
    var title: String {
        switch self {
        case .convolution: "Convolution of two random arrays"
        case .matrix: "Product of two random matrices"
        case .sleep: "Sleeping tasks"
        }
    }

    /// As part of a sentence: `the convolution of 20,000 samples`.
    func subject(size: String) -> String {
        switch self {
        case .convolution: "the convolution of \(size)"
        case .matrix: "the product of matrices of \(size)"
        case .sleep: "tasks that sleep for \(size)"
        }
    }

    /// What a size counts.
    var unit: String {
        switch self {
        case .convolution: "samples"
        case .matrix: "rows"
        case .sleep: "ms"
        }
    }

    /// Stands before the sizes in a legend.
    var legendTitle: String {
        switch self {
        case .convolution: "Samples:"
        case .matrix: "Rows:"
        case .sleep: "Milliseconds:"
        }
    }

    /// How many times longer a task takes when its size is doubled, as a power of 2.
    var order: Int {
        switch self {
        case .convolution: 2
        case .matrix: 3
        case .sleep: 1
        }
    }

    /// Whether more tasks than processors can get on at the same time.
    var needsProcessors: Bool { self != .sleep }

    /// Beyond these a task would need more memory, or patience, than anybody has.
    var sizes: ClosedRange<Int> {
        switch self {
        case .convolution: 1...10_000_000
        case .matrix: 1...10_000
        case .sleep: 1...600_000
        }
    }

    /// The sizes to choose from: 1, 2 and 5 times powers of ten, where doing nothing is not the whole task.
    var candidates: [Int] {
        var candidates: [Int] = []
        var power = 1
        while power <= sizes.upperBound {
            candidates += [1, 2, 5].map { $0 * power }.filter(sizes.contains)
            power *= 10
        }
        return candidates.filter { $0 >= smallestCandidate }
    }

    private var smallestCandidate: Int {
        switch self {
        case .convolution: 20
        case .matrix: 5
        case .sleep: 1
        }
    }

    /// The size from which the times of larger ones are foretold: long enough to be measured, short enough to wait for.
    var probe: Int {
        switch self {
        case .convolution: 500
        case .matrix: 50
        case .sleep: 1
        }
    }
}
