import ArgumentParser
internal import Joblib
internal import JoblibParallel
internal import JoblibSystem

// From options to what a run needs, with a word on each that makes no sense.

extension MapCommand {
    func settings() throws -> MapSettings {
        var settings = MapSettings()
        guard running.jobs != 0 else {
            throw CommandFailure.wrongUse("--jobs 0 means nothing: how many run at once, or -1 for all processors.")
        }
        settings.jobs = try JobCount(running.jobs).effective(processors: cpuCount())
        // Each task that runs has its end, two pipes, and two files if it writes much.
        let most = max((SystemMemory.descriptorLimit - 200) / 5, 1)
        // Who names no number gets what is possible.
        if running.jobs < 0 { settings.jobs = min(settings.jobs, most) }
        guard settings.jobs <= most else {
            throw CommandFailure.wrongUse(
                """
                --jobs \(running.jobs): a process may have \(SystemMemory.descriptorLimit) files open here, enough for \
                \(most) tasks at once. Raise the limit with `ulimit -n`.
                """
            )
        }
        settings.order = output.isStreamed ? .lines : output.isUnordered ? .completion : .input
        settings.isTagged = output.isTagged || output.isStreamed
        settings.timeout = try positive(running.timeout, "--timeout")
        settings.retries = try retries()
        settings.halt = running.halt
        settings.delay = running.delay?.duration ?? .zero
        guard (-20...19).contains(running.nice) else { throw CommandFailure.wrongUse("--nice is from -20 to 19.") }
        if let error = CommandLauncher.refusal(niceness: running.nice) {
            throw CommandFailure.wrongUse(
                "--nice \(running.nice): \(SystemError.text(of: error.code)). Less than 0 takes a privilege."
            )
        }
        settings.niceness = running.nice
        if let memory = running.memory {
            guard SystemMemory.availableByteCount() != nil else {
                throw CommandFailure.wrongUse("--memfree: this system does not tell how much memory is available.")
            }
            settings.memoryToLeave = memory.bytes
        }
        settings.isRecorded = record.report != nil
        if let path = record.report, ![".svg", ".json"].contains(where: path.hasSuffix) {
            throw CommandFailure.wrongUse(
                "--report \(path): its name ends with .svg for a picture, or .json for a trace."
            )
        }
        settings.needsWholeOutput =
            running.retries > 0 || record.cache != nil || record.results != nil || running.memory != nil
        if output.isStreamed, settings.needsWholeOutput {
            throw CommandFailure.wrongUse(
                """
                --stream shows lines at once; --retries, --cache, --results and --memfree need outputs whole. Use \
                --unordered.
                """
            )
        }
        return settings
    }

    private func positive(_ time: MapDuration?, _ name: String) throws -> Duration? {
        guard time?.duration != .zero else { throw CommandFailure.wrongUse("\(name) is more than 0.") }
        return time?.duration
    }

    private func retries() throws -> RetryPolicy {
        let delay = running.retryDelay?.duration ?? .zero
        let maximum = max(delay, .seconds(60))
        let backoff: RetryPolicy.Backoff =
            delay == .zero ? .none : .exponential(initial: delay, maximum: maximum, jitter: 0)
        let policy = RetryPolicy.times(running.retries, backoff: backoff, on: [.thrown, .crash, .timeout])
        try policy.validate()
        return policy
    }

    func format() throws -> RecordFormat {
        var format = RecordFormat.lines
        if input.isCSV, input.isNull {
            throw CommandFailure.wrongUse("--csv and --null are two ways to read the same.")
        }
        format.form = input.isCSV ? .csv : .terminated(input.isNull ? 0 : UInt8(ascii: "\n"))
        if let separator = input.separator {
            let bytes = separator == "\\t" ? [0x09] : ByteText.bytes(separator)
            guard bytes.count == 1 else {
                throw CommandFailure.wrongUse("--colsep is one character, not \"\(separator)\".")
            }
            format.delimiter = bytes[0]
        }
        format.hasHeader = input.hasHeader
        if input.hasHeader, !format.hasColumns {
            throw CommandFailure.wrongUse("--header names columns: add --csv or --colsep.")
        }
        return format
    }

    /// Names of files that are no UTF-8 are for inputs; what is written here goes by strings.
    func checkPaths() throws {
        for path in [record.log, record.cache, record.results, record.report].compactMap({ $0 }) {
            guard String(validating: ByteText.bytes(path), as: UTF8.self) == path else {
                throw CommandFailure.wrongUse(
                    "The name \(ByteText.readable(ByteText.bytes(path))) is not UTF-8: it can be an input's only."
                )
            }
        }
    }

    /// What cannot be written is told before hours of work, not after them.
    func checkReport() throws {
        guard let path = record.report else { return }
        do {
            try FileOutput.check(path)
        } catch {
            throw CommandFailure.wrongUse("--report: \(error)")
        }
    }

    func hasInputs(_ arguments: [[UInt8]]) -> Bool { !arguments.isEmpty || (input.file ?? "-") != "-" }

    func reader(_ arguments: [[UInt8]], _ format: RecordFormat) throws -> InputReader {
        if !arguments.isEmpty { return InputReader(arguments, format: format) }
        if let path = input.file, path != "-" {
            do {
                let file = OpenFile(try ByteFile.open(ByteText.bytes(path)))
                return InputReader(file, name: ByteText.readable(ByteText.bytes(path)), format: format)
            } catch {
                throw CommandFailure.wrongUse("--arg-file: \(error)")
            }
        }
        return InputReader(OpenFile(try ByteFile.standardInput()), name: "standard input", format: format)
    }

    /// The columns' names; none without a header.
    func header(_ inputs: InputReader, _ format: RecordFormat) throws -> [String] {
        guard format.hasHeader, case .input(let row) = try inputs.next(wait: true) else { return [] }
        return row.columns.map { ByteText.string($0) }
    }

    func template(_ text: [UInt8], _ names: [String], _ format: RecordFormat) throws -> CommandTemplate {
        let template =
            running.isShell ? try CommandTemplate(script: text, names: names) : try CommandTemplate(text, names: names)
        let count = template.columnCount
        guard count > 1 else { return template }
        guard format.hasColumns else {
            throw CommandFailure.wrongUse("{\(count)} is a column, and inputs have one here. Add --csv or --colsep.")
        }
        guard names.isEmpty || count <= names.count else {
            throw CommandFailure.wrongUse("{\(count)} is a column, and the header has \(names.count).")
        }
        return template
    }

    func finishedBefore() throws -> FinishedTasks? {
        guard record.isResumed || record.isResumedFailed else { return nil }
        guard let log = record.log else {
            throw CommandFailure.wrongUse("--resume needs to know what is done: name the job log with --joblog.")
        }
        return try FinishedTasks(log, onlySucceeded: record.isResumedFailed)
    }
}
