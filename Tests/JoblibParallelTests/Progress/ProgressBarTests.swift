import Testing

@testable import JoblibParallel

@Suite("The progress bar's line")
struct ProgressBarTests {
    static let halfway = ProgressSnapshot(
        done: 450,
        total: 1000,
        dispatched: 470,
        failed: 2,
        elapsed: .milliseconds(12_100)
    )

    @Test(
        "A narrower line says less, the most telling parts longest",
        arguments: [
            (120, "ocr  45%|██████████████████                      | 450/1000 [12s<14s, 37.2/s, 2 failed]"),
            (80, "ocr  45%|██████████████▊                  | 450/1000 [12s<14s, 37.2/s, 2 failed]"),
            (60, "ocr  45%|█████▊       | 450/1000 [12s<14s, 37.2/s, 2 failed]"),
            (50, "ocr  45%|████▉      | 450/1000 [12s<14s, 2 failed]"),
            (44, " 45%|████     | 450/1000 [12s<14s, 2 failed]"),
            (40, " 45%|████▉      | 450/1000 [14s left] ✗2"),
            (30, " 45%|█████▍      | 450/1000 ✗2"),
            (20, " 45%|████▉      | ✗2"),
            (13, " 45%|█▊  | ✗2"),
            (12, "45% ✗2"),
            (5, "45%"),
            (3, "45%"),
            (2, "▄"),
            (1, "▄"),
            (0, ""),
        ]
    )
    func narrowerLineSaysLess(width: Int, line: String) {
        #expect(ProgressBar(label: "ocr").line(for: Self.halfway, width: width) == line)
    }

    @Test("No line is wider than asked, whatever it has to say")
    func noLineIsWiderThanAsked() {
        let counts = [0, 1, 7, 999, 123_456, Int.max]
        let times: [Duration] = [.zero, .milliseconds(3), .seconds(75), .seconds(4000), .seconds(Int64.max)]
        for label in ["", "ocr", "日本語のラベル", "👩‍👩‍👧 e\u{301}"] {
            for unicode in [false, true] {
                let bar = ProgressBar(label: label, unicode: unicode)
                for done in counts {
                    for total in [nil, 0, done, Int.max] {
                        for (time, failed) in zip(times, counts) {
                            let snapshot = ProgressSnapshot(
                                done: done,
                                total: total,
                                dispatched: done,
                                failed: failed,
                                elapsed: time
                            )
                            for width in [-1, 0, 1, 2, 3, 4, 5, 7, 11, 12, 20, 33, 60, 79, 120, 500] {
                                let line = bar.line(for: snapshot, width: width)
                                #expect(DisplayWidth.columns(line) <= max(0, width), "\(line)")
                                #expect(width < 1 || !line.isEmpty)
                            }
                        }
                    }
                }
            }
        }
    }

    @Test("The bar is full with the last task and not before")
    func barIsFullWithTheLastTask() {
        let bar = ProgressBar()
        let almost = ProgressSnapshot(done: 999_999, total: 1_000_000, dispatched: 1_000_000, elapsed: .zero)
        #expect(bar.line(for: almost, width: 20) == " 99%|█████████████▉|")
        let full = ProgressSnapshot(done: 10, total: 10, dispatched: 10, elapsed: .seconds(1), isFinished: true)
        #expect(bar.line(for: full, width: 30) == "100%|████████| 10/10 [1.0s]")
        let none = ProgressSnapshot(done: 0, total: 0, dispatched: 0, elapsed: .zero, isFinished: true)
        #expect(bar.line(for: none, width: 30) == "100%|██████████| 0/0 [0.0s]")
    }

    @Test("A narrow line that is finished says how long it took, where the remaining time stood")
    func narrowFinishedLine() {
        var finished = Self.halfway
        finished.done = 1000
        finished.isFinished = true
        #expect(ProgressBar().line(for: finished, width: 39) == "100%|███████| 1000/1000 [12s, 2 failed]")
        #expect(ProgressBar().line(for: finished, width: 34) == "100%|█████████| 1000/1000 [12s] ✗2")
    }

    @Test("Without a total there are count, time and rate")
    func withoutATotal() {
        let snapshot = ProgressSnapshot(done: 450, total: nil, dispatched: 470, failed: 2, elapsed: .seconds(12))
        let bar = ProgressBar(label: "ocr")
        #expect(bar.line(for: snapshot, width: 80) == "ocr 450 [12s, 37.5/s, 2 failed]")
        #expect(bar.line(for: snapshot, width: 30) == "ocr 450 [12s, 2 failed]")
        #expect(bar.line(for: snapshot, width: 21) == "450 [12s, 2 failed]")
        #expect(bar.line(for: snapshot, width: 7) == "450 ✗2")
        #expect(bar.line(for: snapshot, width: 3) == "450")
        #expect(bar.line(for: snapshot, width: 2) == "…")
    }

    @Test("Failures are red where colours are wanted, and take no more room")
    func failuresAreRed() {
        let plain = ProgressBar(colours: false).line(for: Self.halfway, width: 60)
        let coloured = ProgressBar(colours: true).line(for: Self.halfway, width: 60)
        #expect(!plain.contains("\u{1B}"))
        #expect(coloured.contains("\u{1B}[31m2 failed\u{1B}[0m"))
        let stripped = String(coloured.split(separator: "\u{1B}[31m").joined().split(separator: "\u{1B}[0m").joined())
        #expect(stripped == plain)
    }

    @Test("Where the locale is not UTF-8, every character is ASCII")
    func asciiOnly() {
        let bar = ProgressBar(unicode: false)
        #expect(bar.line(for: Self.halfway, width: 44) == " 45%|####     | 450/1000 [12s<14s, 2 failed]")
        for width in 1...100 {
            let isASCII = bar.line(for: Self.halfway, width: width).allSatisfy(\.isASCII)
            #expect(isASCII, "width \(width)")
        }
    }

    @Test("A label cannot move the cursor")
    func labelCannotMoveTheCursor() {
        let line = ProgressBar(label: "a\nb\u{1B}[2J\r").line(for: Self.halfway, width: 120)
        #expect(line.hasPrefix("a?b?[2J? "))
    }

    @Test("More done than announced shows as all of it")
    func moreDoneThanAnnounced() {
        let snapshot = ProgressSnapshot(done: 12, total: 10, dispatched: 12, elapsed: .seconds(1))
        #expect(ProgressBar().line(for: snapshot, width: 40).hasPrefix("100%|"))
        #expect(ProgressBar().sentence(for: snapshot).hasPrefix("12 of 12 (100%)"))
    }

    @Test("In a log the same is said in words")
    func sentences() {
        let bar = ProgressBar(label: "ocr")
        #expect(
            bar.sentence(for: Self.halfway) == "ocr: 450 of 1000 (45%), 12s elapsed, 14s left, 37.2/s, 2 failed"
        )
        var stopped = Self.halfway
        stopped.isFinished = true
        #expect(bar.sentence(for: stopped) == "ocr: 450 of 1000 (45%), stopped after 12s, 37.2/s, 2 failed")
        let finished = ProgressSnapshot(done: 3, total: 3, dispatched: 3, elapsed: .seconds(6), isFinished: true)
        #expect(ProgressBar().sentence(for: finished) == "3 of 3 (100%), finished in 6.0s, 2.0s/it")
        let open = ProgressSnapshot(done: 3, total: nil, dispatched: 5, elapsed: .seconds(1))
        #expect(ProgressBar().sentence(for: open) == "3 done, 1.0s elapsed, 3.0/s")
    }

    @Test("An input as good as endless has a remaining time all the same")
    func endlessInput() {
        let snapshot = ProgressSnapshot(done: 1, total: .max, dispatched: 1, elapsed: .seconds(3600))
        #expect(snapshot.remaining == .seconds(Int64.max))
    }
}
