/// A record of swift-log on its way from a worker.
struct LogReport: Sendable {
    var label: String
    var level: String
    var message: String
    var metadata: [(key: String, value: String)]
    var source: String
    var file: String
    var function: String
    var line: Int
    /// The task's position in the input; `nil` outside of tasks.
    var task: Int?
    var worker: Int

    func write(to writer: inout MessageWriter) {
        for text in [label, level, message, source, file, function] { writer.put(text) }
        writer.put(each: metadata) { writer, entry in
            writer.put(entry.key)
            writer.put(entry.value)
        }
        writer.put(line)
        writer.put(task) { $0.put($1) }
        writer.put(worker)
    }
}

extension LogReport {
    init(from reader: inout MessageReader) throws(MessageReader.Damage) {
        typealias Damage = MessageReader.Damage
        label = try reader.text()
        level = try reader.text()
        message = try reader.text()
        source = try reader.text()
        file = try reader.text()
        function = try reader.text()
        metadata = try reader.array { reader throws(Damage) in (key: try reader.text(), value: try reader.text()) }
        line = try reader.integer()
        task = try reader.optional { reader throws(Damage) in try reader.integer() }
        worker = try reader.integer()
    }
}
