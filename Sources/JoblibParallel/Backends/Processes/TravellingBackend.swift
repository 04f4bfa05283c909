internal import JoblibCoding

/// A backend whose tasks travel to other processes.
protocol TravellingBackend: ParallelBackend {
    var transport: any Transport { get }
}
