import Foundation
import Joblib

/// Prints the numbers of its workers, which then compute for ever.
enum OrphanCase {
    static func run() throws {
        try Parallel(jobs: 2, backend: .processes, batchSize: 1).forEach(0..<2) { _ in
            print("worker \(getpid())")
            fflush(nil)
            while getppid() != 0 {}
        }
    }
}
