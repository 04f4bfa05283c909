import Testing

@testable import JoblibParallel

/// A run whose batches end one after the other, 137 ms a task, with the same bookkeeping as joblib's dispatcher.
struct SimulatedRun: Sendable, CustomTestStringConvertible {
    var verbose: Int
    var tasks: Int
    var isList: Bool
    var preDispatched: Int
    var batch: Int
    var isSequential: Bool

    var testDescription: String {
        "verbose \(verbose), \(tasks) tasks of a \(isList ? "list" : "generator"), pre-dispatch \(preDispatched), "
            + "batches of \(batch)\(isSequential ? ", sequential" : "")"
    }

    /// Tells `observer` what happens in the run.
    func play(to observer: any ProgressObserver) {
        observer.started(ProgressStart(backendName: "ThreadingBackend", jobs: 2, isSequential: isSequential))
        var event = ProgressEvent(
            done: 0,
            dispatchedTasks: 0,
            dispatchedBatches: 0,
            exhausted: !isSequential && preDispatched == 0,
            total: isList ? tasks : nil,
            elapsed: .zero
        )
        var sizes: [Int] = []
        func dispatch(upTo limit: Int) -> Bool {
            let size = min(batch, limit - event.dispatchedTasks)
            guard size > 0 else { return false }
            sizes.append(size)
            event.dispatchedTasks += size
            event.dispatchedBatches += 1
            return true
        }
        let ahead = isSequential ? 1 : preDispatched == 0 ? tasks : min(preDispatched, tasks)
        while dispatch(upTo: ahead) {}
        while !sizes.isEmpty {
            event.done += sizes.removeFirst()
            event.elapsed = .milliseconds(137 * event.done)
            observer.batchEnded(event)
            let more = dispatch(upTo: tasks)
            if !more, !isSequential {
                event.exhausted = true
            }
        }
        event.exhausted = true
        observer.finished(event)
    }

    /// joblib's messages for the run, each with its newline.
    func transcript(label: Int = 2) -> String {
        let output = Recorder()
        let messages = JoblibMessages(
            label: label,
            verbose: verbose,
            knownTotal: isList ? tasks : nil,
            preDispatched: preDispatched
        )
        play(to: VerbosePrinter(messages) { output.write($0 + "\n") })
        return output.text
    }
}
