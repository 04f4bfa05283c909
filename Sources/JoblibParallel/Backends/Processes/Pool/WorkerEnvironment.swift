internal import JoblibSystem

/// The environment of workers.
enum WorkerEnvironment {
    /// The variables by which libraries are told how many threads to start, as joblib sets them.
    static let threadVariables = [
        "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS",
        "NUMBA_NUM_THREADS", "NUMEXPR_NUM_THREADS",
    ]

    static func prepare(_ request: inout SpawnRequest, threads: Int) {
        var environment = request.environment ?? Environment.all
        // What the user has set is what he wants.
        for variable in threadVariables where environment[variable] == nil {
            environment[variable] = "\(threads)"
        }
        environment.merge(CrashReporter.environment) { $1 }
        request.environment = environment
    }
}
