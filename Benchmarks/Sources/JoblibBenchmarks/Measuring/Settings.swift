import JoblibParallel

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// What the driver decides for all peers alike.
enum Settings {
    /// Threads to use, from `BENCHMARK_JOBS`; 2 if not given, as the targets are for two cores.
    static let jobs: Int = {
        // The string belongs to the environment, which nothing in this process changes.
        guard let text = unsafe getenv("BENCHMARK_JOBS"), let jobs = Int(unsafe String(cString: text)), jobs > 0 else {
            return 2
        }
        return jobs
    }()

    static let jobCount = JobCount(jobs)

    /// Blocks the thread, as a system call would.
    static func block(milliseconds: UInt32) {
        usleep(milliseconds * 1000)
    }
}
