import ArgumentParser

/// `joblib cache`: what is in the caches that programs keep.
struct CacheCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cache",
        abstract: "Shows and tidies the results that programs keep with Memory.",
        discussion: """
            DIR is the directory that a program has given to Memory(location:); without it, the environment variable \
            JOBLIB_CACHE_DIR names it. Programs may use the cache meanwhile.
            """,
        subcommands: [CacheList.self, CacheSummary.self, CachePrune.self, CacheClear.self, CacheVerify.self]
    )
}
