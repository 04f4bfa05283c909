/// Tasks for a worker.
struct BatchOrder: Sendable {
    /// A function that the worker has not met in this call.
    struct Function: Sendable {
        /// How the batches of the call name it.
        var number: Int
        /// The ``DelayedFunction`` type, which knows the types of the arguments.
        var type: [UInt8]
        var code: [UInt8]
    }

    var run: Int
    /// Tells the orders of one worker apart, and counts up.
    var number: UInt64
    /// The position of the first task in the call's input.
    var first: Int
    var attempt: Int
    var functions: [Function]
    var tasks: Payload

    func write(to writer: inout MessageWriter) {
        writer.put(run)
        writer.put(number)
        writer.put(first)
        writer.put(attempt)
        writer.put(each: functions) { writer, function in
            writer.put(function.number)
            writer.put(function.type)
            writer.put(function.code)
        }
        tasks.write(to: &writer)
    }

    init(from reader: inout MessageReader) throws(MessageReader.Damage) {
        run = try reader.integer()
        number = try reader.unsigned()
        first = try reader.integer()
        attempt = try reader.integer()
        functions = try reader.array { reader throws(MessageReader.Damage) in
            Function(number: try reader.integer(), type: try reader.part(), code: try reader.part())
        }
        tasks = try Payload(from: &reader)
    }

    init(run: Int, number: UInt64, first: Int, attempt: Int, functions: [Function], tasks: Payload) {
        self.run = run
        self.number = number
        self.first = first
        self.attempt = attempt
        self.functions = functions
        self.tasks = tasks
    }
}
