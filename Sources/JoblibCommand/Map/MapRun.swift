internal import Joblib
internal import JoblibSystem

/// Runs the commands: one thread that waits for all of them at once.
///
/// This is not the library's `Parallel`, whose tasks are functions that run on a thread or in a worker: a command needs
/// neither. With `true` as the command, a thread for each one that runs and a hand-over for each task would cost more
/// than the loop here, which makes some twenty system calls a task; and killing, streaming and resuming need what runs
/// in one place. Retries, bar, report and cache are the library's.
final class MapRun {
    let settings: MapSettings
    let template: CommandTemplate
    let executables: ExecutableSearch
    let inputs: InputReader
    let launcher: CommandLauncher
    let signals: SignalQueue
    let screen: MapScreen
    let log: JobLog?
    let cache: MapCache?
    let results: ResultsDirectory?
    var finishedBefore: FinishedTasks?

    let budget = SpoolBudget()
    let begun = MonotonicClock.now
    var tally = MapTally()
    var spans: [RunReport.Span] = []
    var workers: [RunReport.Worker]

    /// Those that run, in the order in which they were started.
    var running: [MapJob] = []
    var freeSlots: [Int]
    /// Those that wait to be tried again.
    var retrying: [MapJob] = []
    /// Those that have ended and wait for their turn to be shown.
    var waiting: [Int: MapJob] = [:]
    var nextSequence = 1
    var nextOrder = 0
    var nextShown = 0
    var inputsEnded = false
    /// Waiting for an input that is not there yet.
    var waitsForInput = false
    var lastStart: UInt64 = 0
    var memory: MemoryWatch?

    /// Nothing new is started.
    var isClosing = false
    /// Why the run ends before its inputs.
    var interruption: SignalQueue.Request?
    var interruptions = 0
    var isHaltedBySuccess = false
    /// Why the run cannot go on.
    var failure: (any Error)?
    var isReaderGone = false

    init(_ plan: MapPlan) throws {
        settings = plan.settings
        template = plan.template
        executables = plan.executables
        inputs = plan.inputs
        log = plan.log
        cache = plan.cache
        results = plan.results
        finishedBefore = plan.finishedBefore
        screen = plan.screen
        launcher = try CommandLauncher(slots: settings.jobs)
        signals = try SignalQueue()
        freeSlots = Array((0..<settings.jobs).reversed())
        memory = settings.memoryToLeave.map { MemoryWatch(least: $0) }
        workers = (0..<settings.jobs).map { RunReport.Worker(index: $0) }
    }

    /// How long the run has gone on.
    var elapsed: Duration { .nanoseconds(Int64(clamping: MonotonicClock.now - begun)) }

    /// Runs until everything is done, or nothing more is to be.
    ///
    /// - Throws: What made it impossible to go on; commands that fail are no reason.
    func run() throws {
        screen.begin(total: inputs.count)
        while true {
            watchMemory()
            let wake = startSome()
            stopLate()
            if isFinished { break }
            wait(until: min(wake, nextDeadline))
        }
        finishRest()
        screen.end(tally, elapsed: elapsed, started: nextOrder, isComplete: inputsEnded && !isClosing)
        if let failure { throw failure }
    }

    private var isFinished: Bool {
        guard running.isEmpty else { return false }
        return isClosing || (inputsEnded && retrying.isEmpty)
    }

    /// Nothing that happens by itself happens before this.
    private var nextDeadline: UInt64 {
        var deadline = screen.nextUpdate
        if let memory, running.count > 1, !isClosing { deadline = min(deadline, memory.nextLook) }
        for job in running { deadline = min(deadline, job.deadline, job.killTime) }
        return deadline
    }

    /// What one descriptor means.
    private enum Source {
        case signals, inputs
        case ending(MapJob)
        case output(MapJob)
        case errors(MapJob)
    }

    private func wait(until deadline: UInt64) {
        var descriptors = [signals.descriptor]
        var sources = [Source.signals]
        if waitsForInput, let input = inputs.descriptor {
            descriptors.append(input)
            sources.append(.inputs)
        }
        for job in running {
            guard let command = job.command else { continue }
            descriptors.append(command.ending.number)
            sources.append(.ending(job))
            if let output = job.output {
                descriptors.append(output.number)
                sources.append(.output(job))
            }
            if let errors = job.errors {
                descriptors.append(errors.number)
                sources.append(.errors(job))
            }
        }
        do {
            for place in try Poll.wait(for: descriptors, until: deadline) {
                switch sources[place] {
                case .signals: handleSignals()
                case .inputs: waitsForInput = false
                // Its pipes come after it in this list, and may be closed by then.
                case .ending(let job): try end(job)
                case .output(let job): try read(job, .output)
                case .errors(let job): try read(job, .error)
                }
            }
        } catch {
            fail(error)
        }
        screen.update(tally, elapsed: elapsed, started: nextOrder, inputsEnded: inputsEnded)
    }

    /// Ends the run for a reason that is no task's.
    func fail(_ error: any Error) {
        if failure == nil { failure = error }
        close(killing: true)
    }
}
