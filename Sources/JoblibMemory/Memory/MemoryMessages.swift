internal import JoblibParallel

/// joblib's `verbose` messages of a cache, to the letter.
struct MemoryMessages: Sendable {
    let verbose: Int

    /// Before a function is called.
    func calling(_ call: TaskCall) -> String? {
        guard verbose > 0 else { return nil }
        return "\(String(repeating: "_", count: 80))\n[Memory] Calling \(call.function)...\n\(call)"
    }

    /// After it was called.
    func called(_ function: String, took duration: Duration) -> String? {
        verbose > 0 ? rightAligned("\(function) - \(DurationFormat.joblibLong(duration))") : nil
    }

    /// Before a result is read.
    ///
    /// - Parameter elapsed: Since the cache was opened.
    func loading(_ function: String, place: String?, elapsed: Duration) -> String? {
        guard verbose > 1 else { return nil }
        let time = DurationFormat.joblibLong(elapsed)
        let padding = String(repeating: " ", count: max(0, 16 - time.count))
        let origin = if verbose >= 10, let place { " from \(place)" } else { "..." }
        return "[Memory]\(time)\(padding): Loading \(function)\(origin)"
    }

    /// After it was read.
    func loaded(_ function: String, took duration: Duration) -> String? {
        verbose > 4 ? rightAligned("\(function) cache loaded - \(DurationFormat.joblibLong(duration))") : nil
    }

    func computing(_ function: String, digest: String, location: String) -> String? {
        verbose > 10 ? "Computing func \(function), argument hash \(digest) in location \(location)" : nil
    }

    func persisting(_ place: String?) -> String? {
        guard verbose > 10, let place else { return nil }
        return "Persisting in \(place)"
    }

    func querying(_ call: TaskCall, digest: String, location: String) -> String? {
        guard verbose >= 20 else { return nil }
        return "Querying \(call.function) with signature\n\(call).\n\n(argument hash \(digest))\n\n"
            + "The store location is \(location)."
    }

    func clearing(_ function: String) -> String? {
        verbose > 0 ? "[Memory]: Clearing function cache identified by \(function)" : nil
    }

    func flushing() -> String? {
        verbose > 0 ? "[Memory]: Flushing completely the cache" : nil
    }

    private func rightAligned(_ text: String) -> String {
        String(repeating: "_", count: max(0, 80 - text.count)) + text
    }
}
