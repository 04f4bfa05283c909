/// A long transcript of joblib 1.6.0 by its length, the FNV-1a hash of its text, and the line in its middle.
struct GoldenDigest: Sendable {
    var run: SimulatedRun
    var lineCount: Int
    var digest: UInt64
    var middle: String
}

extension GoldenDigest {
    /// The runs that print more than nine lines.
    static let long: [GoldenDigest] = [
        GoldenDigest(
            run: SimulatedRun(verbose: 11, tasks: 20, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 19,
            digest: 0x0B55_1B05_94E5_ABAA,
            middle: "[Parallel(n_jobs=2)]: Done  9 out of 20 | elapsed:    1.2s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 11, tasks: 20, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 19,
            digest: 0x4025_0F91_FCC5_DA3D,
            middle: "[Parallel(n_jobs=2)]: Done   9 tasks      | elapsed:    1.2s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 50, tasks: 20, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 20,
            digest: 0xB221_889E_DA70_812A,
            middle: "[Parallel(n_jobs=2)]: Done 10 out of 20 | elapsed:    1.4s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 50, tasks: 20, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 20,
            digest: 0xAE5D_DC46_5AB0_E075,
            middle: "[Parallel(n_jobs=2)]: Done  10 tasks      | elapsed:    1.4s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 100, tasks: 20, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 20,
            digest: 0xB221_889E_DA70_812A,
            middle: "[Parallel(n_jobs=2)]: Done 10 out of 20 | elapsed:    1.4s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 100, tasks: 20, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 20,
            digest: 0xAE5D_DC46_5AB0_E075,
            middle: "[Parallel(n_jobs=2)]: Done  10 tasks      | elapsed:    1.4s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 10, tasks: 100, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 14,
            digest: 0x0C2E_00A7_8A92_822E,
            middle: "[Parallel(n_jobs=2)]: Done  37 out of 100 | elapsed:    5.1s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 10, tasks: 100, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 14,
            digest: 0x7930_B3D2_D59B_0546,
            middle: "[Parallel(n_jobs=2)]: Done  37 tasks      | elapsed:    5.1s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 11, tasks: 100, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 99,
            digest: 0x41DA_F3A5_1B9F_8F4E,
            middle: "[Parallel(n_jobs=2)]: Done  49 out of 100 | elapsed:    6.7s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 11, tasks: 100, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 99,
            digest: 0x3648_E571_BB36_F722,
            middle: "[Parallel(n_jobs=2)]: Done  49 tasks      | elapsed:    6.7s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 50, tasks: 100, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 99,
            digest: 0x41DA_F3A5_1B9F_8F4E,
            middle: "[Parallel(n_jobs=2)]: Done  49 out of 100 | elapsed:    6.7s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 50, tasks: 100, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 99,
            digest: 0x3648_E571_BB36_F722,
            middle: "[Parallel(n_jobs=2)]: Done  49 tasks      | elapsed:    6.7s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 100, tasks: 100, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 99,
            digest: 0x41DA_F3A5_1B9F_8F4E,
            middle: "[Parallel(n_jobs=2)]: Done  49 out of 100 | elapsed:    6.7s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 100, tasks: 100, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 99,
            digest: 0x3648_E571_BB36_F722,
            middle: "[Parallel(n_jobs=2)]: Done  49 tasks      | elapsed:    6.7s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 10, tasks: 1000, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 44,
            digest: 0x2BDD_FA0D_A5CA_5750,
            middle: "[Parallel(n_jobs=2)]: Done  284 out of 1000 | elapsed:   38.9s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 10, tasks: 1000, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 44,
            digest: 0xBC77_A143_B4D4_EC72,
            middle: "[Parallel(n_jobs=2)]: Done 284 tasks      | elapsed:   38.9s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 11, tasks: 1000, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 999,
            digest: 0xD427_F084_7FF4_7027,
            middle: "[Parallel(n_jobs=2)]: Done  499 out of 1000 | elapsed:  1.1min"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 11, tasks: 1000, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 999,
            digest: 0x304D_7177_F23F_4EDD,
            middle: "[Parallel(n_jobs=2)]: Done 499 tasks      | elapsed:  1.1min"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 50, tasks: 1000, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 999,
            digest: 0xD427_F084_7FF4_7027,
            middle: "[Parallel(n_jobs=2)]: Done  499 out of 1000 | elapsed:  1.1min"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 50, tasks: 1000, isList: false, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 999,
            digest: 0x304D_7177_F23F_4EDD,
            middle: "[Parallel(n_jobs=2)]: Done 499 tasks      | elapsed:  1.1min"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 100, tasks: 1000, isList: true, preDispatched: 4, batch: 1, isSequential: false),
            lineCount: 999,
            digest: 0xD427_F084_7FF4_7027,
            middle: "[Parallel(n_jobs=2)]: Done  499 out of 1000 | elapsed:  1.1min"
        ),
        GoldenDigest(
            run: SimulatedRun(
                verbose: 100,
                tasks: 1000,
                isList: false,
                preDispatched: 4,
                batch: 1,
                isSequential: false
            ),
            lineCount: 999,
            digest: 0x304D_7177_F23F_4EDD,
            middle: "[Parallel(n_jobs=2)]: Done 499 tasks      | elapsed:  1.1min"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 10, tasks: 100, isList: true, preDispatched: 0, batch: 1, isSequential: false),
            lineCount: 11,
            digest: 0xBD6F_8C58_1C80_B5D4,
            middle: "[Parallel(n_jobs=2)]: Done  46 out of 100 | elapsed:    6.3s remaining:    7.4s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 11, tasks: 100, isList: true, preDispatched: 0, batch: 1, isSequential: false),
            lineCount: 12,
            digest: 0xBE8F_8949_5E6E_9C23,
            middle: "[Parallel(n_jobs=2)]: Done  51 out of 100 | elapsed:    7.0s remaining:    6.7s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 50, tasks: 100, isList: true, preDispatched: 0, batch: 1, isSequential: false),
            lineCount: 35,
            digest: 0x5075_4337_6D35_C7FC,
            middle: "[Parallel(n_jobs=2)]: Done  50 out of 100 | elapsed:    6.8s remaining:    6.8s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 11, tasks: 100, isList: true, preDispatched: 8, batch: 7, isSequential: false),
            lineCount: 17,
            digest: 0x97A8_61D8_491D_69DB,
            middle: "[Parallel(n_jobs=2)]: Done  50 out of 100 | elapsed:    6.8s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 50, tasks: 100, isList: true, preDispatched: 8, batch: 7, isSequential: false),
            lineCount: 17,
            digest: 0x97A8_61D8_491D_69DB,
            middle: "[Parallel(n_jobs=2)]: Done  50 out of 100 | elapsed:    6.8s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 11, tasks: 20, isList: true, preDispatched: 4, batch: 1, isSequential: true),
            lineCount: 21,
            digest: 0x5B56_31E7_C651_A703,
            middle: "[Parallel(n_jobs=2)]: Done 11 out of 20 | elapsed:    1.5s"
        ),
        GoldenDigest(
            run: SimulatedRun(verbose: 11, tasks: 20, isList: false, preDispatched: 4, batch: 1, isSequential: true),
            lineCount: 21,
            digest: 0x99A0_94A4_8CA7_D5B9,
            middle: "[Parallel(n_jobs=2)]: Done  11 tasks      | elapsed:    1.5s"
        ),
    ]
}
