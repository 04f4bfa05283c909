import Testing

@testable import JoblibParallel

@Suite("Drawing the progress bar")
struct ProgressBarPrinterTests {
    let output = Recorder()
    let clock = HandClock()

    func terminal(columns: @escaping @Sendable () -> Int = { 40 }) -> ProgressTerminal {
        ProgressTerminal(isTerminal: true, colours: false, unicode: false, columns: columns, write: output.write)
    }

    var file: ProgressTerminal {
        ProgressTerminal(isTerminal: false, colours: false, unicode: false, columns: { 0 }, write: output.write)
    }

    func snapshot(_ done: Int, of total: Int? = 100, isFinished: Bool = false) -> ProgressSnapshot {
        ProgressSnapshot(
            done: done,
            total: total,
            dispatched: done,
            elapsed: clock.now(),
            isFinished: isFinished
        )
    }

    @Test("A terminal is redrawn at most every 100 ms, and at the end in any case")
    func redrawnAtMostEvery100Milliseconds() {
        let printer = ProgressBarPrinter(terminal: terminal(), now: clock.now)
        for done in 1...100 {
            clock.advance(by: .milliseconds(10))
            printer.update(snapshot(done))
        }
        printer.update(snapshot(100, isFinished: true))
        #expect(output.writes.count == 11)
        #expect(output.writes.allSatisfy { $0.hasPrefix("\r") })
        #expect(output.writes.dropLast().allSatisfy { $0.hasSuffix("\u{1B}[K") })
        #expect(output.writes.last == "\r100%|##########| 100/100 [1.0s, 100/s]\u{1B}[K\n")
    }

    @Test("The cursor is never hidden and no line wraps")
    func cursorIsNeverHidden() {
        let printer = ProgressBarPrinter(terminal: terminal { 20 }, now: clock.now)
        printer.update(snapshot(1))
        printer.update(snapshot(2, isFinished: true))
        #expect(!output.text.contains("\u{1B}[?25l"))
        for write in output.writes {
            let line = write.drop { $0 == "\r" }.prefix { $0 != "\u{1B}" }
            #expect(line.count <= 19)
        }
    }

    @Test("A terminal that changes its width gets lines of the new width")
    func widthIsAskedEachTime() {
        let width = Shared(120)
        let printer = ProgressBarPrinter(terminal: terminal { width.value }, now: clock.now)
        for columns in [120, 30, 12, 1, 80, 0, -3] {
            width.value = columns
            clock.advance(by: .seconds(1))
            printer.update(snapshot(50))
            let line = output.writes.last?.drop { $0 == "\r" }.prefix { $0 != "\u{1B}" }
            // A terminal that does not know its width is taken for one of 80 columns.
            #expect(line.map { (1...max(1, columns > 0 ? columns - 1 : 79)).contains($0.count) } == true)
        }
    }

    @Test("A snapshot that comes late is not drawn over a newer one")
    func lateSnapshotIsNotDrawn() {
        let printer = ProgressBarPrinter(terminal: terminal(), now: clock.now)
        printer.update(snapshot(50))
        clock.advance(by: .seconds(1))
        printer.update(snapshot(49))
        #expect(output.writes.count == 1)
        printer.update(snapshot(40, isFinished: true))
        printer.update(snapshot(60))
        printer.update(snapshot(60, isFinished: true))
        #expect(output.writes.count == 2)
        #expect(output.writes.last?.hasPrefix("\r 50%|") == true)
    }

    @Test("While one thread draws on a slow terminal, the others go on")
    func othersGoOn() {
        let printer = Shared<ProgressBarPrinter?>(nil)
        let (recorder, clock) = (output, clock)
        let isNested = Shared(false)
        var slow = terminal()
        slow.write = { text in
            recorder.write(text)
            guard !isNested.value else { return }
            isNested.value = true
            // Another thread's update in the midst of this write: it must come back, having drawn nothing.
            clock.advance(by: .seconds(1))
            printer.value?.update(ProgressSnapshot(done: 2, total: 9, dispatched: 9, elapsed: .seconds(1)))
        }
        printer.value = ProgressBarPrinter(terminal: slow, now: clock.now)
        printer.value?.update(snapshot(1, of: 9))
        #expect(output.writes.count == 1)
        printer.value?.update(snapshot(9, of: 9, isFinished: true))
        #expect(output.writes.count == 2)
    }

    @Test("The last state is drawn however many threads draw")
    func lastStateIsDrawn() async {
        let printer = ProgressBarPrinter(terminal: terminal(), now: clock.now)
        let clock = clock
        await withTaskGroup { group in
            for thread in 0..<4 {
                group.addTask {
                    for step in 0..<500 {
                        clock.advance(by: .milliseconds(60))
                        printer.update(
                            ProgressSnapshot(done: step * 4 + thread, total: 2000, dispatched: 2000, elapsed: .zero)
                        )
                    }
                }
            }
        }
        printer.update(snapshot(2000, of: 2000, isFinished: true))
        #expect(output.writes.last?.hasPrefix("\r100%|") == true)
        #expect(output.text.count { $0 == "\n" } == 1)
        let percents = output.writes.compactMap { Int($0.drop { "\r ".contains($0) }.prefix(while: \.isNumber)) }
        #expect(percents == percents.sorted())
    }

    @Test("A file gets the first state, each tenth, and the last")
    func fileGetsEachTenth() {
        let printer = ProgressBarPrinter(terminal: file, now: clock.now)
        for done in 1...100 {
            clock.advance(by: .milliseconds(10))
            printer.update(snapshot(done))
        }
        printer.update(snapshot(100, isFinished: true))
        #expect(output.lines.first == "1 of 100 (1%), 0.0s elapsed, 0.9s left, 100/s")
        #expect(
            output.lines.compactMap { $0.split(separator: " ").first.flatMap { Int($0) } } == [1]
                + (1...10).map { $0 * 10 }
        )
        #expect(output.lines.last == "100 of 100 (100%), finished in 1.0s, 100/s")
        #expect(!output.text.contains("\r") && !output.text.contains("\u{1B}"))
    }

    @Test("A file gets a line every 10 s where tenths are slower or unknown", arguments: [nil, 100_000])
    func fileGetsALineEvery10Seconds(total: Int?) {
        let printer = ProgressBarPrinter(terminal: file, now: clock.now)
        for done in 1...60 {
            clock.advance(by: .seconds(1))
            printer.update(snapshot(done, of: total))
        }
        #expect(output.lines.count == 6)
    }

    @Test("A message and the bar do not garble each other")
    func messageAndBar() {
        let printer = ProgressBarPrinter(terminal: terminal(), now: clock.now)
        printer.print("before")
        printer.update(snapshot(50))
        printer.print("between")
        printer.update(snapshot(100, isFinished: true))
        printer.print("after")
        #expect(output.writes.count == 5)
        #expect(output.writes[0] == "before\n")
        #expect(output.writes[2] == "\rbetween\u{1B}[K\n" + output.writes[1])
        #expect(output.writes[4] == "after\n")
    }
}
