import Foundation
import Joblib

/// Prints the numbers of its workers, which then compute for ever.
enum OrphanCase {
    static func run() throws {
        try compute(on: .processes)
    }

    /// The same, told of Ctrl-C by an error, which it prints.
    static func interrupted() throws {
        do {
            try compute(on: .processes(interruption: .throwing))
        } catch let error as JoblibError {
            print("\(error.code)")
        }
    }

    private static func compute(on backend: ProcessesBackend) throws {
        try Parallel(jobs: 2, backend: backend, batchSize: 1).forEach(0..<2) { _ in
            print("worker \(getpid())")
            fflush(nil)
            while getppid() != 0 {}
        }
    }
}
