internal import JoblibSystem

/// How many processors this program may use.
///
/// The least of: the processors of the machine, those the process is bound to (`taskset`), the limits of its control groups
/// (containers; version 1 and 2), and the environment variable `JOBLIB_MAX_CPU_COUNT`. At least 1.
///
/// - Parameter onlyPhysicalCores: Counts the two halves of a hyper-threaded core once.
///
/// ```swift
/// let parallel = Parallel(jobs: JobCount(max(1, cpuCount(onlyPhysicalCores: true) - 1)))
/// ```
public func cpuCount(onlyPhysicalCores: Bool = false) -> Int {
    Processors.available(onlyPhysicalCores: onlyPhysicalCores)
}

/// How many tasks a call with these `jobs` would run at once, here and now.
///
/// - Parameter jobs: As in `Parallel(jobs:)`; `nil` asks for what a call that leaves them open would do.
/// - Returns: At least 1, or 0 for a number of jobs that a call would refuse.
public func effectiveJobs(_ jobs: JobCount? = .allProcessors) -> Int {
    (try? RunPlan(ParallelOptions(jobs: jobs)).jobs) ?? 0
}
