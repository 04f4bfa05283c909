internal import JoblibParallel
internal import JoblibSystem

/// The part of a cached function that does not depend on its arguments' types: its name, its options, and where its results
/// are kept.
struct FunctionCache: Sendable {
    let core: MemoryCore
    let name: String
    let version: String
    /// As in ``CacheKey/function``.
    let directory: String
    private let ignored: [Int]
    private let validation: CacheValidation
    let mapped: Bool
    private let resultType: String
    private let resultTypeSum: UInt64
    private let shared: ArgumentBytes
    /// What is wrong with the options: reported by each call, as `cached` itself does not throw.
    private let problem: JoblibError?

    init<Output>(
        _ core: MemoryCore,
        name: String,
        version: CacheVersion,
        ignoring: [Int],
        argumentCount: Int,
        validation: CacheValidation,
        mapped: Bool,
        output: Output.Type
    ) {
        self.core = core
        self.name = name
        self.version = version.text
        directory = FunctionDirectory.name(of: name)
        ignored = ignoring
        self.validation = validation
        self.mapped = mapped
        resultType = String(reflecting: output)
        resultTypeSum = Checksum.of(Array(resultType.utf8))
        shared = ArgumentBytes(function: name, version: version.text)
        if name.isEmpty {
            problem = .emptyCachedName
        } else if let position = ignoring.first(where: { $0 < 0 || $0 >= argumentCount }) {
            problem = .ignoredArgument(position, of: name, count: argumentCount)
        } else if case .expires(let duration) = validation.rule, duration < .zero {
            problem = .negativeExpiry(name)
        } else {
            problem = nil
        }
    }

    // MARK: - Keys

    /// Begins a call's key.
    func beginKey() throws -> ArgumentBytes {
        if let problem { throw problem }
        return shared
    }

    /// Adds an argument to a call's key, unless it is to be ignored.
    func add<Argument: Encodable>(_ argument: Argument, at position: Int, to bytes: inout ArgumentBytes) throws {
        if !ignored.isEmpty, ignored.contains(position) { return }
        do {
            try bytes.append(argument, at: position)
        } catch {
            throw JoblibError.cannotHash("Argument \(position) of \(name)", cause: error)
        }
    }

    func key(_ bytes: ArgumentBytes) -> CacheKey {
        CacheKey(directory: directory, contents: bytes.digest)
    }

    // MARK: - Looking for a result

    /// The result that is there; nil when it has to be computed.
    ///
    /// - Parameter again: A damaged entry was reported already.
    func find<Output: Decodable & Sendable>(
        _ key: CacheKey,
        _ type: Output.Type,
        again: Bool = false
    ) -> Found<Output>? {
        recent(key, type) ?? stored(key, type, isQuiet: again)
    }

    typealias Found<Output> = (value: Output, info: CacheInfo)

    private func recent<Output>(_ key: CacheKey, _ type: Output.Type) -> Found<Output>? {
        guard !mapped, let found = core.recent.find(key), let value = found.value as? Output else { return nil }
        let age = EntryTime.now.since(found.created)
        guard isValid(age, found.duration, metadata: { found.metadata }) else { return nil }
        let duration = Duration.nanoseconds(Int64(clamping: found.duration))
        core.say(core.messages.loading(name, place: nil, elapsed: elapsed))
        if !core.limits.isNone { core.store.noteUse(of: key) }
        core.count { statistics in
            statistics.hits += 1
            statistics.recentHits += 1
            statistics.timeSaved += duration
        }
        return (value, CacheInfo(isHit: true, age: age, duration: duration))
    }

    private func stored<Output: Decodable & Sendable>(
        _ key: CacheKey,
        _ type: Output.Type,
        isQuiet: Bool
    ) -> Found<Output>? {
        guard let reader = valid(key, isQuiet: isQuiet) else { return nil }
        core.say(core.messages.loading(name, place: core.store.place(of: key), elapsed: elapsed))
        let start = MonotonicClock.now
        let value: Output
        let kept: RecentValues.Value?
        do {
            value = try reader.value(type, mapped: mapped)
            kept = mapped ? nil : try recentValue(value, reader)
        } catch {
            if !isQuiet { reportDamage(key, error) }
            return nil
        }
        core.say(core.messages.loaded(name, took: .nanoseconds(Int64(clamping: MonotonicClock.now - start))))
        if let kept { core.recent.insert(kept, for: key) }
        core.store.noteUse(of: key)
        let info = info(of: reader.head)
        core.count { statistics in
            statistics.hits += 1
            statistics.timeSaved += info.duration
        }
        return (value, info)
    }

    private func recentValue<Output: Sendable>(_ value: Output, _ reader: EntryReader) throws -> RecentValues.Value? {
        guard core.recent.isOn, reader.head.byteCount <= RecentValues.largest else { return nil }
        return RecentValues.Value(
            value: value,
            byteCount: reader.head.byteCount,
            created: reader.head.created,
            duration: reader.head.duration,
            metadata: try reader.metadata()
        )
    }

    private func info(of head: EntryHead) -> CacheInfo {
        CacheInfo(
            isHit: true,
            age: EntryTime.now.since(head.created),
            duration: .nanoseconds(Int64(clamping: head.duration))
        )
    }

    private var elapsed: Duration { .nanoseconds(Int64(clamping: MonotonicClock.now - core.opened)) }

    /// Whether a result is there that may be used; it is not read.
    func contains(_ key: CacheKey) -> Bool {
        if !mapped, let found = core.recent.find(key) {
            return isValid(EntryTime.now.since(found.created), found.duration, metadata: { found.metadata })
        }
        return valid(key, isQuiet: true) != nil
    }

    /// An entry that is undamaged as far as was looked, and may be used.
    private func valid(_ key: CacheKey, isQuiet: Bool) -> EntryReader? {
        do {
            guard let reader = try reader(of: key) else { return nil }
            let age = EntryTime.now.since(reader.head.created)
            let isValid = try isValid(age, reader.head.duration, metadata: { try reader.metadata() })
            return isValid ? reader : nil
        } catch {
            if !isQuiet { reportDamage(key, error) }
            return nil
        }
    }

    /// The entry of a call; nil when there is none.
    func reader(of key: CacheKey) throws -> EntryReader? {
        guard let entry = try core.store.get(key) else { return nil }
        let reader = try EntryReader(entry, of: key.contents)
        if reader.head.resultType != resultTypeSum {
            let found = try reader.metadata().resultType
            throw EntryDamage("it holds a \(found), not a \(resultType): give the function another version")
        }
        return reader
    }

    private func reportDamage(_ key: CacheKey, _ error: any Error) {
        var details = ["function": name, "key": key.digest, "reason": "\(error)"]
        if let place = core.store.place(of: key) { details["entry"] = place }
        if error is EntryDamage {
            core.count { $0.damaged += 1 }
            core.output.warnings("a cached result is damaged and is computed again", details)
        } else {
            core.complainOnce(.read, "cached results cannot be read; the functions are called instead", details)
        }
    }

    private func isValid(
        _ age: Duration,
        _ duration: UInt64,
        metadata: () throws -> EntryMetadata
    ) rethrows -> Bool {
        switch validation.rule {
        case .always: return true
        case .expires(let limit): return age < limit
        case .when(let isValid):
            let metadata = try metadata()
            return isValid(metadata.described(age: age, duration: duration))
        }
    }
}

extension FunctionCache {
    // MARK: - Keeping a result

    /// Stores a result; false when that was not possible, which is said once, or when the limits leave no room at all.
    func keep<Output: Codable & Sendable>(
        _ value: Output,
        _ key: CacheKey,
        call: TaskCall,
        duration: Duration
    ) -> Bool {
        let now = EntryTime.now.nanoseconds
        let head = EntryHead(
            created: now,
            duration: UInt64(clamping: duration.nanoseconds),
            digest: key.contents,
            resultType: resultTypeSum
        )
        let metadata = EntryMetadata(
            function: name,
            version: version,
            arguments: call.arguments,
            resultType: resultType
        )
        do {
            let content = try EntryComposer.compose(value, head: head, metadata: metadata)
            if let limit = core.limits.bytes, content.byteCount > limit {
                complain(.tooLarge, "a result is larger than the whole cache may be: not stored", "\(limit) bytes")
                return false
            }
            core.say(core.messages.persisting(core.store.place(of: key)))
            let isKept = try core.put(content, for: key)
            if mapped || !core.recent.isOn || !isKept {
                core.recent.remove([key])
            } else {
                let kept = RecentValues.Value(
                    value: value,
                    byteCount: content.byteCount,
                    created: now,
                    duration: head.duration,
                    metadata: metadata
                )
                core.recent.insert(kept, for: key)
            }
            return isKept
        } catch {
            complain(.write, "a result could not be cached; it is computed each time", "\(error)")
            return false
        }
    }

    private func complain(_ complaint: MemoryCore.Complaint, _ text: String, _ reason: String) {
        core.count { $0.notStored += 1 }
        core.complainOnce(complaint, text, ["function": name, "reason": reason])
    }
}

extension EntryMetadata {
    func described(age: Duration, duration: UInt64) -> CacheMetadata {
        CacheMetadata(
            function: function,
            version: version,
            arguments: arguments,
            created: Double(EntryTime.now.nanoseconds) / 1e9 - DurationFormat.seconds(age),
            age: age,
            duration: .nanoseconds(Int64(clamping: duration))
        )
    }
}
