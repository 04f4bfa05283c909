internal import JoblibSystem

/// A ``BatchProgram`` with its types.
struct TypedProgram<Element: Sendable, Output: Sendable>: BatchProgram {
    enum Body: Sendable {
        case blocking(@Sendable (Element) throws -> Output)
        case asynchronous(@Sendable (Element) async throws -> Output)
    }

    private let decode: @Sendable ([UInt8], WireCoder) throws -> [Element]
    private let body: Body
    private let encode: @Sendable ([Output], WireCoder) throws -> [UInt8]

    init(
        decode: @escaping @Sendable ([UInt8], WireCoder) throws -> [Element],
        _ body: Body,
        encode: @escaping @Sendable ([Output], WireCoder) throws -> [UInt8]
    ) {
        self.decode = decode
        self.body = body
        self.encode = encode
    }

    func run(_ order: BatchOrder, _ run: WorkerRun) {
        let progress = BatchProgress(order, run, encode: encode)
        let elements: [Element]
        do {
            let bytes = try run.bytes(order.tasks)
            elements = try ArrivedFunctions.$current.withValue(run.functions) { try decode(bytes, run.decoder) }
        } catch {
            return progress.undecodable(error)
        }
        switch body {
        case .blocking(let body):
            CrashReporter.beginTask()
            ThrowHook.begin()
            defer {
                ThrowHook.end()
                CrashReporter.endTask()
            }
            progress.frame.onThread {
                AutoreleaseScope.run {
                    for index in elements.indices {
                        guard progress.begin(index) else { break }
                        do {
                            progress.succeeded(try body(elements[index]))
                        } catch {
                            progress.failed(error)
                        }
                        progress.flushIfLate(remaining: elements.count - index - 1)
                    }
                }
            }
        case .asynchronous(let body): runAsynchronously(elements, body, progress, run)
        }
        progress.finish()
    }

    /// The worker's thread waits meanwhile: its one batch at a time is what the parent counts on.
    private func runAsynchronously(
        _ elements: [Element],
        _ body: @escaping @Sendable (Element) async throws -> Output,
        _ progress: BatchProgress<Output>,
        _ run: WorkerRun
    ) {
        let monitor = Monitor()
        let isDone = Lock(false)
        // Own threads: in a program that is linked statically Swift's own pool is not ready before main.
        let budget = run.scope.budget
        let executor = ThreadExecutor(width: budget.limit, pool: .shared, budget: budget)
        Task(executorPreference: executor) {
            for index in elements.indices {
                guard progress.begin(index) else { break }
                CrashReporter.beginTask()
                ThrowHook.begin()
                do {
                    let frame = progress.frameOfTask()
                    progress.succeeded(
                        try await TaskFrame.$ofThisTask.withValue(frame) { try await body(elements[index]) }
                    )
                } catch {
                    progress.failed(error)
                }
                ThrowHook.end()
                CrashReporter.endTask()
                progress.flushIfLate(remaining: elements.count - index - 1)
            }
            monitor.withLock {
                isDone.withLock { $0 = true }
                monitor.signal()
            }
        }
        // This thread's permit is for the tasks meanwhile.
        budget.release()
        monitor.withLock {
            while !isDone.withLock({ $0 }) { monitor.wait() }
        }
        budget.acquireAnyway()
    }
}
