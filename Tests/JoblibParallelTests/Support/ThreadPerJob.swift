import Foundation

/// Runs each job on a thread of its own, for tests whose tasks block: Swift's own threads are for everybody.
final class ThreadPerJob: TaskExecutor {
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        Thread.detachNewThread {
            // Whoever is given a job by the runtime is to run it, once.
            unsafe job.runSynchronously(on: self.asUnownedTaskExecutor())
        }
    }
}
