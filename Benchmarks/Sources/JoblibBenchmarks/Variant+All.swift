import BenchmarkServing

extension Variant {
    static var all: [Variant] {
        SquareRoots.variants + IntegerItems.variants + HeavyItems.variants + Pairs.variants
            + UnevenTasks.variants + ManyCalls.variants + BlockingTasks.variants
            + ProcessCalls.variants + ProcessArrays.variants + ProcessWorkers.variants
    }
}
