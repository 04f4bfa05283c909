internal import JoblibSystem

// Every text of the errors about worker processes, in one place, so that the wording can be read as a whole.

// MARK: - What can't travel

extension JoblibError {
    /// A function that captures something, or that can't be found again in another process.
    static func functionCannotTravel(_ refusal: RefusedFunction) -> Self {
        Self(
            code: .capturingClosure,
            message: "\(refusal)",
            remedy: "Arguments: delayed(f)(a, b). Shared: map(items, sharing: values) { item, values in … }. "
                + "With backend: .threads anything can be captured."
        )
    }

    static func typeCannotTravel(_ refusal: RefusedType) -> Self {
        Self(
            code: .notCodable,
            message: "\(refusal)",
            remedy: "Declare it in a file of the program, outside of functions and not private, "
                + "or run the tasks with backend: .threads."
        )
    }

    /// - Parameters:
    ///   - type: The type that is not Codable.
    ///   - whole: The type that it is a part of.
    ///   - role: What the values are.
    static func notCodable(_ type: any Any.Type, in whole: any Any.Type, role: String) -> Self {
        let name = String(reflecting: type)
        let part = type == whole ? "" : " in \(String(reflecting: whole))"
        let what = role.prefix(1).uppercased() + role.dropFirst()
        return Self(
            code: .notCodable,
            message: "\(what) cannot be sent to a worker process: \(name)\(part) is not Codable",
            remedy: "Declare it as \(String(describing: type)): Codable, or run the tasks with backend: .threads."
        )
    }

    static func transportNotCodable(_ type: any Any.Type) -> Self {
        Self(
            code: .notCodable,
            message: "The transport \(String(reflecting: type)) cannot be sent to a worker process: it is not Codable",
            remedy: "Declare it as \(String(describing: type)): Transport, Codable."
        )
    }

    static var batchCannotTravel: Self {
        Self(
            code: .backendUnavailable,
            message: "A batch without a description of its tasks cannot run in a worker process",
            remedy: "Make the call through Parallel."
        )
    }
}

// MARK: - Workers

extension JoblibError {
    static func maxTasksNotPositive(_ tasks: Int) -> Self {
        Self(
            code: .invalidArgument,
            message: "maxTasksPerWorker: \(tasks) would let no worker do anything",
            remedy: "Write 1 for a new process for each task, more, or nil for no limit."
        )
    }

    static func workerCannotStart(_ error: SystemError) -> Self {
        if !WorkerEntry.isInProgram { return programIsAnother }
        return Self(
            code: .workerFailed,
            message: "No worker process could be started: the system refuses it",
            remedy: "See the limits on processes, memory and open files (ulimit -a), or ask for fewer jobs.",
            cause: error
        )
    }

    /// The program that would be started knows nothing of workers.
    package static var programIsAnother: Self {
        Self(
            code: .workerFailed,
            message: "No worker process could be started: a worker is the program started again, and this code is not "
                + "in the program's own file but in a bundle, as tests are, or in a library that it has loaded",
            remedy: "Put the work into an executable, which a test can start, or write backend: .threads."
        )
    }

    static func cannotShare(_ error: SystemError) -> Self {
        Self(
            code: .systemResource,
            message: "The arguments of a task could not be put into shared memory",
            remedy: "Free some memory, share fewer bytes at a time with preDispatch:, or name a directory on a disk "
                + "with temporaryDirectory:.",
            cause: error
        )
    }

    static func workerEnded(status: ProcessStatus, wasOpening: Bool, standardError: String) -> Self {
        let how =
            switch status {
            case .exited(let code): "exited with code \(code)"
            case .signalled(let signal, _): "was ended by signal \(signal)"
            case .unknown: "ended"
            }
        let last = standardError.split(separator: "\n").suffix(5).joined(separator: "\n")
        return Self(
            code: .workerFailed,
            message: "Worker processes ended one after the other before they could run a task; the last one \(how)"
                + (wasOpening ? " while it took in what all tasks share" : "")
                + (last.isEmpty ? "" : "; it wrote:\n\(last)\n"),
            remedy: wasOpening
                ? "See init(from:) of the shared value's type, and whether each worker has enough memory for the value."
                : "What runs before main, such as constructors of C libraries, also runs in workers."
        )
    }

    static func workerRefused(_ refusal: WorkerReport.Refusal) -> Self {
        switch refusal.kind {
        case .version:
            Self(
                code: .versionMismatch,
                message: "A worker process is another build of the program: \(refusal.text)",
                remedy: "Do not replace the program's file while it runs, or start the program again."
            )
        case .function:
            Self(
                code: .workerFailed,
                message: "A worker process could not find the function of the tasks: \(refusal.text)",
                remedy: "Functions of libraries loaded with dlopen are not in a worker; load them in the initializer."
            )
        case .initializer:
            Self(
                code: .workerFailed,
                message: "The initializer of a worker process failed: \(refusal.text)",
                remedy: "See what the function given as initializer: needs."
            )
        case .machinery:
            Self(code: .workerFailed, message: "A worker process failed: \(refusal.text)")
        }
    }
}

// MARK: - Ctrl-C

extension JoblibError {
    static var interrupted: Self {
        Self(
            code: .interrupted,
            message: "The parallel call was interrupted (Ctrl-C)",
            remedy: "Results that were handed out before, as by stream or a progress handler, are whole; "
                + "the tasks that ran were stopped."
        )
    }
}
