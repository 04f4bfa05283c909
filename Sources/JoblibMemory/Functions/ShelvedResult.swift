internal import JoblibParallel

/// A reference to a stored result: what ``CachedFunction/shelve(_:)`` returns.
///
/// Without a cache, or where the result could not be stored, it holds the result itself.
///
/// ```swift
/// let shelved = try smooth.shelve(signal, 5)
/// let value = try shelved.get()
/// try shelved.clear()
/// ```
public struct ShelvedResult<Output: Codable & Sendable>: Sendable {
    private final class Held: Sendable {
        let value: Lock<Output?>
        init(_ value: Output) { self.value = Lock(value) }
    }

    private enum Place: Sendable {
        case stored(FunctionCache, CacheKey, TaskCall)
        case held(Held, name: String)
    }

    private let place: Place

    init(_ cache: FunctionCache, _ key: CacheKey, _ call: () -> TaskCall) {
        place = .stored(cache, key, call())
    }

    init(value: Output, name: String) {
        place = .held(Held(value), name: name)
    }

    /// Reads the result.
    ///
    /// - Throws: `JoblibError`: `.cacheEntryMissing` when it was cleared or evicted, `.cacheEntryDamaged` when it cannot
    ///   be used.
    public func get() throws -> Output {
        switch place {
        case .held(let held, let name):
            guard let value = held.value.withLock({ $0 }) else { throw JoblibError.missingEntry(name, place: nil) }
            return value
        case .stored(let cache, let key, let call):
            let path = cache.core.store.place(of: key)
            do {
                guard let reader = try cache.reader(of: key) else {
                    throw JoblibError.missingEntry("\(call)", place: path)
                }
                let value = try reader.value(Output.self, mapped: cache.mapped)
                cache.core.store.noteUse(of: key)
                return value
            } catch let error as EntryDamage {
                throw JoblibError.damagedEntry("\(call)", place: path, cause: error)
            }
        }
    }

    /// Removes the stored result; the second time nothing happens.
    ///
    /// - Throws: An error naming the entry when it cannot be removed.
    public func clear() throws {
        switch place {
        case .held(let held, _): held.value.withLock { $0 = nil }
        case .stored(let cache, let key, _): try cache.remove(key)
        }
    }
}

extension ShelvedResult: CustomStringConvertible {
    /// `ShelvedResult(smoothed([1.0, 2.0], 5))`.
    public var description: String {
        switch place {
        case .held(_, let name): "ShelvedResult(\(name), in memory)"
        case .stored(_, _, let call): "ShelvedResult(\(call))"
        }
    }
}
