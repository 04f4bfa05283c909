internal import Logging

extension LogReport {
    /// Logs the record here, saying which task of which worker it is from.
    func replay() {
        guard let level = Logger.Level(rawValue: level) else { return }
        var metadata: Logger.Metadata = [:]
        for entry in self.metadata { metadata[entry.key] = "\(entry.value)" }
        if let task {
            metadata["joblib.task"] = "\(task)"
            metadata["joblib.worker"] = "\(worker)"
        }
        Logger(label: label).log(
            level: level,
            "\(message)",
            metadata: metadata,
            source: source,
            file: file,
            function: function,
            line: UInt(clamping: line)
        )
    }
}
