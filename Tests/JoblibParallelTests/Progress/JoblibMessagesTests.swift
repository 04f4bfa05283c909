import Testing

@testable import JoblibParallel

@Suite("joblib's verbose messages")
struct JoblibMessagesTests {
    @Test("A short run prints what joblib prints", arguments: GoldenTranscript.short)
    func shortRun(golden: GoldenTranscript) {
        let ours = golden.run.transcript().split(separator: "\n")
        let theirs = golden.lines.split(separator: "\n")
        #expect(ours == theirs)
    }

    @Test("A long run prints what joblib prints", arguments: GoldenDigest.long)
    func longRun(golden: GoldenDigest) {
        let text = golden.run.transcript()
        let lines = text.split(separator: "\n")
        #expect(lines.count == golden.lineCount)
        #expect(lines.dropFirst(golden.lineCount / 2).first.map(String.init) == golden.middle)
        #expect(fowlerNollVo(text) == golden.digest)
    }

    @Test("While tasks are dispatched, lines come ever further apart")
    func linesComeFurtherApart() {
        // Counted with joblib 1.6: the batches among the first 1000 at which a line is printed.
        let counts = [1: 5, 2: 5, 3: 6, 4: 7, 5: 8, 6: 9, 7: 12, 8: 15, 9: 23, 10: 44, 11: 1001]
        for (verbose, count) in counts {
            let messages = JoblibMessages(label: 1, verbose: verbose, knownTotal: nil, preDispatched: 4)
            let printed = (0...1000).filter { index in
                messages.batchEnded(
                    done: 1,
                    dispatchedTasks: 2000,
                    dispatchedBatches: index,
                    exhausted: false,
                    elapsed: .zero
                ) != nil
            }
            #expect(printed.count == count, "verbose \(verbose)")
        }
    }

    @Test("Nothing is printed at verbose 0 or below", arguments: [0, -1, Int.min])
    func nothingAtZero(verbose: Int) {
        let messages = JoblibMessages(label: 2, verbose: verbose, knownTotal: 5, preDispatched: 4)
        #expect(messages.started(backend: "ThreadingBackend", jobs: 2, isSequential: false) == nil)
        #expect(messages.finished(done: 5, elapsed: .zero) == nil)
        #expect(messages.batchSizeChanged(tooFast: true, batchDuration: .zero, to: 2) == nil)
        for exhausted in [false, true] {
            #expect(
                messages.batchEnded(
                    done: 0,
                    dispatchedTasks: 5,
                    dispatchedBatches: 0,
                    exhausted: exhausted,
                    elapsed: .zero
                ) == nil
            )
        }
    }

    @Test("The label is the number the user wrote")
    func labelIsTheUsersNumber() {
        let messages = JoblibMessages(label: -1, verbose: 1, knownTotal: nil, preDispatched: 16)
        #expect(
            messages.started(backend: "LokyBackend", jobs: 8, isSequential: false)
                == "[Parallel(n_jobs=-1)]: Using backend LokyBackend with 8 concurrent workers."
        )
        #expect(messages.started(backend: "SequentialBackend", jobs: 1, isSequential: true) == nil)
    }

    @Test("Changes of the batch size are told from verbose 10 on")
    func batchSizeChanges() {
        let messages = JoblibMessages(label: 2, verbose: 10, knownTotal: nil, preDispatched: 4)
        #expect(
            messages.batchSizeChanged(tooFast: true, batchDuration: .microseconds(20), to: 2)
                == "[Parallel(n_jobs=2)]: Batch computation too fast (2e-05s.) Setting batch_size=2."
        )
        #expect(
            messages.batchSizeChanged(tooFast: false, batchDuration: .milliseconds(2_134), to: 1)
                == "[Parallel(n_jobs=2)]: Batch computation too slow (2.134s.) Setting batch_size=1."
        )
        let quieter = JoblibMessages(label: 2, verbose: 9, knownTotal: nil, preDispatched: 4)
        #expect(quieter.batchSizeChanged(tooFast: true, batchDuration: .zero, to: 2) == nil)
    }

    @Test("No count exceeds its total, even where the input gave more than it said")
    func noCountExceedsItsTotal() {
        let messages = JoblibMessages(label: 2, verbose: 11, knownTotal: 5, preDispatched: 4)
        #expect(
            messages.batchEnded(done: 7, dispatchedTasks: 9, dispatchedBatches: 9, exhausted: false, elapsed: .zero)
                == "[Parallel(n_jobs=2)]: Done 7 out of 7 | elapsed:    0.0s"
        )
        #expect(
            messages.batchEnded(done: 7, dispatchedTasks: 6, dispatchedBatches: 6, exhausted: true, elapsed: .zero)
                == nil
        )
    }

    @Test("A call that ended before its input did does not claim to have finished")
    func failedCallDoesNotClaimToHaveFinished() {
        let output = Recorder()
        let messages = JoblibMessages(label: 2, verbose: 1, knownTotal: 20, preDispatched: 4)
        let printer = VerbosePrinter(messages) { output.write($0 + "\n") }
        printer.finished(.with(done: 6, of: 20, exhausted: false))
        #expect(output.text.isEmpty)
    }

    @Test("Lines that come late, from slower threads, are left out")
    func lateLinesAreLeftOut() {
        let output = Recorder()
        let messages = JoblibMessages(label: 2, verbose: 11, knownTotal: 20, preDispatched: 4)
        let printer = VerbosePrinter(messages) { output.write($0 + "\n") }
        printer.batchEnded(.with(done: 5, of: 20))
        printer.batchEnded(.with(done: 4, of: 20))
        printer.finished(.with(done: 20, of: 20, exhausted: true))
        printer.batchEnded(.with(done: 20, of: 20))
        #expect(
            output.lines == [
                "[Parallel(n_jobs=2)]: Done  5 out of 20 | elapsed:    0.0s",
                "[Parallel(n_jobs=2)]: Done 20 out of 20 | elapsed:    0.0s finished",
            ]
        )
    }

    private func fowlerNollVo(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

extension ProgressEvent {
    /// An event at which all of `total` tasks have been taken from the input.
    static func with(
        done: Int,
        of total: Int,
        failed: Int = 0,
        exhausted: Bool = false,
        elapsed: Duration = .zero
    ) -> ProgressEvent {
        ProgressEvent(
            done: done,
            failed: failed,
            dispatchedTasks: total,
            dispatchedBatches: total,
            exhausted: exhausted,
            total: total,
            elapsed: elapsed
        )
    }
}
