extension FunctionCache {
    /// Removes all results of the function.
    func clear() throws {
        core.say(core.messages.clearing(name))
        try core.store.deleteAll(of: directory)
        SharedRecentValues.remove(nil, of: core.storeIdentity)
    }

    /// Removes one result.
    func remove(_ key: CacheKey) throws {
        try core.store.delete(key)
        SharedRecentValues.remove([key], of: core.storeIdentity)
    }
}
