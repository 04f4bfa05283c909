/// What joblib 1.6.0 prints for a run in which task after task ends, 137 ms apart and in input order.
struct GoldenTranscript: Sendable {
    var run: SimulatedRun
    var lines: String
}

extension GoldenTranscript {
    /// Runs of few lines, in full: `Parallel.print_progress` of joblib 1.6.0 with its counters and clock set from outside.
    static let short: [GoldenTranscript] = [
        GoldenTranscript(
            run: SimulatedRun(verbose: 1, tasks: 7, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done 7 out of 7 | elapsed:    1.0s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 1, tasks: 7, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done   7 out of   7 | elapsed:    1.0s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 5, tasks: 7, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done 7 out of 7 | elapsed:    1.0s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 5, tasks: 7, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done   7 out of   7 | elapsed:    1.0s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 10, tasks: 7, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done 1 out of 7 | elapsed:    0.1s
                [Parallel(n_jobs=2)]: Done 4 out of 7 | elapsed:    0.5s
                [Parallel(n_jobs=2)]: Done 5 out of 7 | elapsed:    0.7s remaining:    0.3s
                [Parallel(n_jobs=2)]: Done 7 out of 7 | elapsed:    1.0s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 10, tasks: 7, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done   1 tasks      | elapsed:    0.1s
                [Parallel(n_jobs=2)]: Done   4 tasks      | elapsed:    0.5s
                [Parallel(n_jobs=2)]: Done   5 out of   7 | elapsed:    0.7s remaining:    0.3s
                [Parallel(n_jobs=2)]: Done   7 out of   7 | elapsed:    1.0s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 11, tasks: 7, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done 1 out of 7 | elapsed:    0.1s
                [Parallel(n_jobs=2)]: Done 2 out of 7 | elapsed:    0.3s
                [Parallel(n_jobs=2)]: Done 3 out of 7 | elapsed:    0.4s
                [Parallel(n_jobs=2)]: Done 4 out of 7 | elapsed:    0.5s
                [Parallel(n_jobs=2)]: Done 5 out of 7 | elapsed:    0.7s remaining:    0.3s
                [Parallel(n_jobs=2)]: Done 7 out of 7 | elapsed:    1.0s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 11, tasks: 7, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done   1 tasks      | elapsed:    0.1s
                [Parallel(n_jobs=2)]: Done   2 tasks      | elapsed:    0.3s
                [Parallel(n_jobs=2)]: Done   3 tasks      | elapsed:    0.4s
                [Parallel(n_jobs=2)]: Done   4 tasks      | elapsed:    0.5s
                [Parallel(n_jobs=2)]: Done   5 out of   7 | elapsed:    0.7s remaining:    0.3s
                [Parallel(n_jobs=2)]: Done   7 out of   7 | elapsed:    1.0s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 50, tasks: 7, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done 1 out of 7 | elapsed:    0.1s
                [Parallel(n_jobs=2)]: Done 2 out of 7 | elapsed:    0.3s
                [Parallel(n_jobs=2)]: Done 3 out of 7 | elapsed:    0.4s
                [Parallel(n_jobs=2)]: Done 4 out of 7 | elapsed:    0.5s
                [Parallel(n_jobs=2)]: Done 5 out of 7 | elapsed:    0.7s remaining:    0.3s
                [Parallel(n_jobs=2)]: Done 7 out of 7 | elapsed:    1.0s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 50, tasks: 7, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done   1 tasks      | elapsed:    0.1s
                [Parallel(n_jobs=2)]: Done   2 tasks      | elapsed:    0.3s
                [Parallel(n_jobs=2)]: Done   3 tasks      | elapsed:    0.4s
                [Parallel(n_jobs=2)]: Done   4 tasks      | elapsed:    0.5s
                [Parallel(n_jobs=2)]: Done   5 out of   7 | elapsed:    0.7s remaining:    0.3s
                [Parallel(n_jobs=2)]: Done   7 out of   7 | elapsed:    1.0s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 100, tasks: 7, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done 1 out of 7 | elapsed:    0.1s
                [Parallel(n_jobs=2)]: Done 2 out of 7 | elapsed:    0.3s
                [Parallel(n_jobs=2)]: Done 3 out of 7 | elapsed:    0.4s
                [Parallel(n_jobs=2)]: Done 4 out of 7 | elapsed:    0.5s
                [Parallel(n_jobs=2)]: Done 5 out of 7 | elapsed:    0.7s remaining:    0.3s
                [Parallel(n_jobs=2)]: Done 7 out of 7 | elapsed:    1.0s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 100, tasks: 7, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done   1 tasks      | elapsed:    0.1s
                [Parallel(n_jobs=2)]: Done   2 tasks      | elapsed:    0.3s
                [Parallel(n_jobs=2)]: Done   3 tasks      | elapsed:    0.4s
                [Parallel(n_jobs=2)]: Done   4 tasks      | elapsed:    0.5s
                [Parallel(n_jobs=2)]: Done   5 out of   7 | elapsed:    0.7s remaining:    0.3s
                [Parallel(n_jobs=2)]: Done   7 out of   7 | elapsed:    1.0s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 1, tasks: 20, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done 20 out of 20 | elapsed:    2.7s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 1, tasks: 20, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done  20 out of  20 | elapsed:    2.7s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 5, tasks: 20, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done 14 out of 20 | elapsed:    1.9s
                [Parallel(n_jobs=2)]: Done 20 out of 20 | elapsed:    2.7s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 5, tasks: 20, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done  14 tasks      | elapsed:    1.9s
                [Parallel(n_jobs=2)]: Done  20 out of  20 | elapsed:    2.7s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 10, tasks: 20, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done  1 out of 20 | elapsed:    0.1s
                [Parallel(n_jobs=2)]: Done  4 out of 20 | elapsed:    0.5s
                [Parallel(n_jobs=2)]: Done  9 out of 20 | elapsed:    1.2s
                [Parallel(n_jobs=2)]: Done 14 out of 20 | elapsed:    1.9s
                [Parallel(n_jobs=2)]: Done 20 out of 20 | elapsed:    2.7s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 10, tasks: 20, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done   1 tasks      | elapsed:    0.1s
                [Parallel(n_jobs=2)]: Done   4 tasks      | elapsed:    0.5s
                [Parallel(n_jobs=2)]: Done   9 tasks      | elapsed:    1.2s
                [Parallel(n_jobs=2)]: Done  14 tasks      | elapsed:    1.9s
                [Parallel(n_jobs=2)]: Done  20 out of  20 | elapsed:    2.7s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 1, tasks: 100, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done  46 out of 100 | elapsed:    6.3s
                [Parallel(n_jobs=2)]: Done 100 out of 100 | elapsed:   13.7s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 1, tasks: 100, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done  46 tasks      | elapsed:    6.3s
                [Parallel(n_jobs=2)]: Done 100 out of 100 | elapsed:   13.7s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 5, tasks: 100, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done  14 out of 100 | elapsed:    1.9s
                [Parallel(n_jobs=2)]: Done  68 out of 100 | elapsed:    9.3s
                [Parallel(n_jobs=2)]: Done 100 out of 100 | elapsed:   13.7s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 5, tasks: 100, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done  14 tasks      | elapsed:    1.9s
                [Parallel(n_jobs=2)]: Done  68 tasks      | elapsed:    9.3s
                [Parallel(n_jobs=2)]: Done 100 out of 100 | elapsed:   13.7s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 1, tasks: 1000, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done   46 out of 1000 | elapsed:    6.3s
                [Parallel(n_jobs=2)]: Done  196 out of 1000 | elapsed:   26.9s
                [Parallel(n_jobs=2)]: Done  446 out of 1000 | elapsed:  1.0min
                [Parallel(n_jobs=2)]: Done  796 out of 1000 | elapsed:  1.8min
                [Parallel(n_jobs=2)]: Done 1000 out of 1000 | elapsed:  2.3min finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 1, tasks: 1000, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done  46 tasks      | elapsed:    6.3s
                [Parallel(n_jobs=2)]: Done 196 tasks      | elapsed:   26.9s
                [Parallel(n_jobs=2)]: Done 446 tasks      | elapsed:  1.0min
                [Parallel(n_jobs=2)]: Done 796 tasks      | elapsed:  1.8min
                [Parallel(n_jobs=2)]: Done 1000 out of 1000 | elapsed:  2.3min finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 5, tasks: 1000, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done   14 out of 1000 | elapsed:    1.9s
                [Parallel(n_jobs=2)]: Done   68 out of 1000 | elapsed:    9.3s
                [Parallel(n_jobs=2)]: Done  158 out of 1000 | elapsed:   21.6s
                [Parallel(n_jobs=2)]: Done  284 out of 1000 | elapsed:   38.9s
                [Parallel(n_jobs=2)]: Done  446 out of 1000 | elapsed:  1.0min
                [Parallel(n_jobs=2)]: Done  644 out of 1000 | elapsed:  1.5min
                [Parallel(n_jobs=2)]: Done  878 out of 1000 | elapsed:  2.0min
                [Parallel(n_jobs=2)]: Done 1000 out of 1000 | elapsed:  2.3min finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 5, tasks: 1000, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done  14 tasks      | elapsed:    1.9s
                [Parallel(n_jobs=2)]: Done  68 tasks      | elapsed:    9.3s
                [Parallel(n_jobs=2)]: Done 158 tasks      | elapsed:   21.6s
                [Parallel(n_jobs=2)]: Done 284 tasks      | elapsed:   38.9s
                [Parallel(n_jobs=2)]: Done 446 tasks      | elapsed:  1.0min
                [Parallel(n_jobs=2)]: Done 644 tasks      | elapsed:  1.5min
                [Parallel(n_jobs=2)]: Done 878 tasks      | elapsed:  2.0min
                [Parallel(n_jobs=2)]: Done 1000 out of 1000 | elapsed:  2.3min finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 1, tasks: 100, isList: true, preDispatched: 0, batch: 1, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done 100 out of 100 | elapsed:   13.7s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 5, tasks: 100, isList: true, preDispatched: 8, batch: 7, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done 100 out of 100 | elapsed:   13.7s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 10, tasks: 100, isList: true, preDispatched: 8, batch: 7, isSequential: false),
            lines: """
                [Parallel(n_jobs=2)]: Using backend ThreadingBackend with 2 concurrent workers.
                [Parallel(n_jobs=2)]: Done  15 out of 100 | elapsed:    2.1s
                [Parallel(n_jobs=2)]: Done  36 out of 100 | elapsed:    4.9s
                [Parallel(n_jobs=2)]: Done  71 out of 100 | elapsed:    9.7s
                [Parallel(n_jobs=2)]: Done 100 out of 100 | elapsed:   13.7s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 1, tasks: 20, isList: true, preDispatched: 4, batch: 1, isSequential: true),
            lines: """
                [Parallel(n_jobs=2)]: Done 20 out of 20 | elapsed:    2.7s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 1, tasks: 20, isList: false, preDispatched: 4, batch: 1, isSequential: true),
            lines: """
                [Parallel(n_jobs=2)]: Done  20 out of  20 | elapsed:    2.7s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 10, tasks: 20, isList: true, preDispatched: 4, batch: 1, isSequential: true),
            lines: """
                [Parallel(n_jobs=2)]: Done  1 out of 20 | elapsed:    0.1s
                [Parallel(n_jobs=2)]: Done  4 out of 20 | elapsed:    0.5s
                [Parallel(n_jobs=2)]: Done  7 out of 20 | elapsed:    1.0s
                [Parallel(n_jobs=2)]: Done 12 out of 20 | elapsed:    1.6s
                [Parallel(n_jobs=2)]: Done 17 out of 20 | elapsed:    2.3s
                [Parallel(n_jobs=2)]: Done 20 out of 20 | elapsed:    2.7s finished
                """
        ),
        GoldenTranscript(
            run: SimulatedRun(verbose: 10, tasks: 20, isList: false, preDispatched: 4, batch: 1, isSequential: true),
            lines: """
                [Parallel(n_jobs=2)]: Done   1 tasks      | elapsed:    0.1s
                [Parallel(n_jobs=2)]: Done   4 tasks      | elapsed:    0.5s
                [Parallel(n_jobs=2)]: Done   7 tasks      | elapsed:    1.0s
                [Parallel(n_jobs=2)]: Done  12 tasks      | elapsed:    1.6s
                [Parallel(n_jobs=2)]: Done  17 tasks      | elapsed:    2.3s
                [Parallel(n_jobs=2)]: Done  20 out of  20 | elapsed:    2.7s finished
                """
        ),
    ]
}
