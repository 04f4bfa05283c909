// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "joblib-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "swift-joblib", path: "..")
    ],
    targets: [
        // Answers the driver's line protocol (README.md) for every variant written in Swift.
        .executableTarget(
            name: "JoblibBenchmarks",
            dependencies: [.product(name: "JoblibParallel", package: "swift-joblib")],
            swiftSettings: [
                .swiftLanguageMode(.v6),
                .strictMemorySafety(),
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            ]
        )
    ]
)
