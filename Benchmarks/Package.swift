// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "joblib-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-joblib", path: "..")],
    targets: [
        // The driver's line protocol (README.md).
        .target(name: "BenchmarkServing"),
        // Answers the driver for every variant written in Swift of what runs in parallel.
        .executableTarget(
            name: "JoblibBenchmarks",
            dependencies: ["BenchmarkServing", .product(name: "JoblibParallel", package: "swift-joblib")]
        ),
        // The same for results in a cache, files and bytes.
        .executableTarget(
            name: "JoblibStorageBenchmarks",
            dependencies: [
                "BenchmarkServing", .product(name: "JoblibMemory", package: "swift-joblib"),
                .product(name: "JoblibParallel", package: "swift-joblib"),
                .product(name: "JoblibPersistence", package: "swift-joblib"),
            ]
        ),
    ]
)

for target in package.targets {
    target.swiftSettings = [
        .swiftLanguageMode(.v6), .strictMemorySafety(), .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"), .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
}
