internal import CJoblibSystem

/// From a request to a running process.
enum ProcessStart {
    /// Starts a program and gives its process number.
    static func start(_ request: SpawnRequest) throws(SystemError) -> Int32 {
        func failure(_ code: Int32) -> SystemError {
            SystemError(code: code, operation: "start", path: request.executable)
        }
        let arguments = [request.executable] + request.arguments
        let environment = (request.environment ?? Environment.all).map { "\($0.key)=\($0.value)" }
        // A zero byte would silently end the text where it stands.
        let isTextual = (arguments + environment).allSatisfy { !$0.utf8.contains(0) }
        let isNamed =
            request.environment?.keys.allSatisfy { !$0.isEmpty && !$0.utf8.contains(UInt8(ascii: "=")) } ?? true
        let numbers = request.inheriting.map(\.number)
        guard isTextual, isNamed, Set(numbers).count == numbers.count else { throw failure(SystemCall.invalid) }
        guard numbers.allSatisfy({ 3...255 ~= $0 }) else { throw failure(SystemCall.badDescriptor) }

        let null = FileDescriptor(owning: SystemCall.openNull(), naming: "/dev/null")
        guard null.number >= 0 else { throw failure(-null.number) }
        func source(_ stream: SpawnRequest.Stream, _ own: Int32) -> Int32 {
            switch stream {
            case .descriptor(let descriptor): descriptor
            // A daemon may have closed its standard streams.
            case .inherited where SystemCall.isOpen(own): own
            case .inherited, .null: null.number
            }
        }
        let standard = [
            source(request.standardInput, 0), source(request.standardOutput, 1), source(request.standardError, 2),
        ]
        let sources = standard + request.inheriting.map(\.descriptor)
        let thread = try ServiceThread.shared()
        let ownGroup = request.ownProcessGroup
        let outcome = thread.perform {
            spawn(arguments, environment, sources, [0, 1, 2] + numbers, ownGroup)
        }
        guard outcome.code == 0 else { throw failure(outcome.code) }
        return outcome.process
    }

    private static func spawn(
        _ arguments: [String],
        _ environment: [String],
        _ sources: [Int32],
        _ numbers: [Int32],
        _ ownGroup: Bool
    ) -> (code: Int32, process: Int32) {
        // Safe: each table holds at least its null, and both outlive the call.
        unsafe withTable(of: arguments) { argumentTable in
            unsafe withTable(of: environment) { environmentTable in
                var process: Int32 = 0
                // Safe: all tables outlive the call, which keeps none of them; the counts are those of the arrays.
                let code = unsafe sources.withUnsafeBufferPointer { sources in
                    unsafe numbers.withUnsafeBufferPointer { numbers in
                        var request = unsafe joblib_spawn_request()
                        unsafe request.path = UnsafePointer(argumentTable[0])
                        unsafe request.arguments = argumentTable
                        unsafe request.environment = environmentTable
                        unsafe request.descriptors = sources.baseAddress
                        unsafe request.numbers = numbers.baseAddress
                        unsafe request.descriptor_count = sources.count
                        unsafe request.own_group = ownGroup
                        return unsafe joblib_spawn(&request, &process)
                    }
                }
                return (code, process)
            }
        }
    }

    /// Texts as C wants them: pointers to zero-terminated bytes, the last one null.
    private static func withTable<R>(
        of texts: [String],
        _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R
    ) -> R {
        var bytes: [CChar] = []
        var offsets: [Int] = []
        for text in texts {
            offsets.append(bytes.count)
            bytes.append(contentsOf: text.utf8.map { CChar(bitPattern: $0) })
            bytes.append(0)
        }
        // Safe: every offset lies in the bytes, which stay in place while `body` runs.
        return unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            let start = buffer.baseAddress
            var table = unsafe offsets.map { offset in unsafe start.map { unsafe $0 + offset } }
            unsafe table.append(nil)
            return unsafe table.withUnsafeBufferPointer { table in
                guard let base = table.baseAddress else { preconditionFailure("a table has at least its null") }
                return unsafe body(base)
            }
        }
    }
}
