// swift-tools-version: 6.2
import CompilerPluginSupport
import PackageDescription

let package = Package(
    name: "swift-joblib",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Joblib", targets: ["Joblib"]),
        .library(name: "JoblibParallel", targets: ["JoblibParallel"]),
        .library(name: "JoblibMemory", targets: ["JoblibMemory"]),
        .library(name: "JoblibPersistence", targets: ["JoblibPersistence"]),
        .library(name: "JoblibTesting", targets: ["JoblibTesting"]),
        .library(name: "JoblibMacros", targets: ["JoblibMacros"]),
        .executable(name: "joblib", targets: ["JoblibCommand"]),
    ],
    traits: [
        .trait(name: "Macros", description: "#delayed and @Cached, which need swift-syntax."),
        .default(enabledTraits: []),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.3.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "3.0.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
        // Fetched and built only with the trait Macros.
        .package(url: "https://github.com/swiftlang/swift-syntax", "602.0.0"..<"604.0.0"),
    ],
    targets: [
        // What Swift cannot say: thread-local storage, processor sets, the pause instruction.
        .target(name: "CJoblibSystem"),
        // The only Swift target that knows which operating system it runs on.
        .target(name: "JoblibSystem", dependencies: ["CJoblibSystem"]),
        // The one error type of the machinery, which the modules above it re-export.
        .target(name: "JoblibErrors"),
        // Values as bytes: the binary Codable coder, raw runs of numbers, the canonical form, transports.
        .target(name: "JoblibCoding", dependencies: ["JoblibSystem"], exclude: ["README.md"]),
        .target(
            name: "JoblibParallel",
            dependencies: [
                "JoblibErrors",
                "JoblibSystem",
                "JoblibCoding",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "Logging", package: "swift-log"),
            ],
            exclude: ["Backends/Processes/README.md", "Scheduling/README.md"]
        ),
        // Values in files: NumPy's formats, compression, joblib's own.
        .target(
            name: "JoblibPersistence",
            dependencies: [
                "JoblibErrors",
                "JoblibCoding",
                "JoblibSystem",
                "CJoblibSystem",
                .product(name: "OrderedCollections", package: "swift-collections"),
            ]
        ),
        // Content hash and disk cache. The only target that needs a cryptographic library, which is slow to build.
        .target(
            name: "JoblibMemory",
            dependencies: [
                "JoblibSystem",
                "JoblibCoding",
                "JoblibErrors",
                "JoblibParallel",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(name: "Joblib", dependencies: ["JoblibErrors", "JoblibMemory", "JoblibParallel", "JoblibPersistence"]),
        .target(name: "JoblibTesting", dependencies: ["JoblibParallel", "JoblibMemory", "JoblibSystem"]),
        // Both are empty without the trait Macros.
        .macro(
            name: "JoblibMacrosPlugin",
            dependencies: [
                .product(name: "SwiftCompilerPlugin", package: "swift-syntax", condition: .when(traits: ["Macros"])),
                .product(name: "SwiftDiagnostics", package: "swift-syntax", condition: .when(traits: ["Macros"])),
                .product(name: "SwiftParser", package: "swift-syntax", condition: .when(traits: ["Macros"])),
                .product(name: "SwiftSyntax", package: "swift-syntax", condition: .when(traits: ["Macros"])),
                .product(name: "SwiftSyntaxBuilder", package: "swift-syntax", condition: .when(traits: ["Macros"])),
                .product(name: "SwiftSyntaxMacros", package: "swift-syntax", condition: .when(traits: ["Macros"])),
            ]
        ),
        .target(
            name: "JoblibMacros",
            dependencies: [
                "JoblibMemory",
                "JoblibParallel",
                .target(name: "JoblibMacrosPlugin", condition: .when(traits: ["Macros"])),
            ]
        ),
        // The command `joblib`.
        .executableTarget(
            name: "JoblibCommand",
            dependencies: [
                "Joblib", "JoblibSystem", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        // The children of JoblibSystemTests, which are told what to do by their arguments or, as workers, by a socket.
        .executableTarget(name: "JoblibCases", dependencies: ["JoblibSystem"], path: "Tests/JoblibCases"),
        // Whole programs with worker processes, each of which does one nasty thing.
        .executableTarget(
            name: "JoblibProcessCases",
            dependencies: [
                "Joblib", "JoblibSystem", "CJoblibProcessCases", "CJoblibTestInitializer",
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Tests/JoblibProcessCases"
        ),
        // A C library that takes processes down before `main`, and one with something to initialize.
        .target(name: "CJoblibProcessCases", path: "Tests/CJoblibProcessCases"),
        .target(name: "CJoblibTestInitializer", path: "Tests/CJoblibTestInitializer"),
        // How many tests run at once.
        .target(name: "CJoblibTestSettings", path: "Tests/CJoblibTestSettings"),
        // The children of JoblibMemoryTests, and what measures the cache.
        .executableTarget(
            name: "JoblibMemoryCases",
            dependencies: ["JoblibMemory", "JoblibParallel", "JoblibSystem"],
            path: "Tests/JoblibMemoryCases"
        ),
        .testTarget(name: "JoblibSystemTests", dependencies: ["JoblibSystem"]),
        .testTarget(name: "JoblibCodingTests", dependencies: ["JoblibCoding"]),
        .testTarget(
            name: "JoblibMemoryTests",
            dependencies: ["JoblibMemory", "JoblibParallel", "JoblibTesting", "JoblibCoding", "JoblibSystem"]
        ),
        .testTarget(
            name: "JoblibPersistenceTests",
            dependencies: ["JoblibPersistence", "JoblibCoding", "JoblibSystem"]
        ),
        .testTarget(
            name: "JoblibParallelTests",
            dependencies: ["Joblib", "JoblibTesting", "JoblibSystem", "CJoblibTestSettings"]
        ),
        .testTarget(
            name: "JoblibMacrosTests",
            dependencies: [
                "JoblibMacros",
                "JoblibMemory",
                "JoblibParallel",
                .target(name: "JoblibMacrosPlugin", condition: .when(traits: ["Macros"])),
                .product(name: "SwiftDiagnostics", package: "swift-syntax", condition: .when(traits: ["Macros"])),
                .product(name: "SwiftOperators", package: "swift-syntax", condition: .when(traits: ["Macros"])),
                .product(name: "SwiftParser", package: "swift-syntax", condition: .when(traits: ["Macros"])),
                .product(name: "SwiftSyntax", package: "swift-syntax", condition: .when(traits: ["Macros"])),
                .product(name: "SwiftSyntaxMacros", package: "swift-syntax", condition: .when(traits: ["Macros"])),
                .product(
                    name: "SwiftSyntaxMacroExpansion",
                    package: "swift-syntax",
                    condition: .when(traits: ["Macros"])
                ),
            ]
        ),
        .testTarget(name: "JoblibCommandTests", dependencies: ["JoblibCommand", "Joblib", "JoblibSystem"]),
    ]
)

for target in package.targets where !target.name.hasPrefix("CJoblib") {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
}

// A package with a test that needs a macro has all its tests built like a macro, where SwiftPM does not find the modules of
// commands. Set by `.ci/run macros`.
if Context.environment["JOBLIB_TEST_MACROS"] != nil {
    package.targets.removeAll { $0.type == .test && $0.name != "JoblibMacrosTests" }
}
