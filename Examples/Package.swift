// swift-tools-version: 6.2
import PackageDescription

let joblib = Target.Dependency.product(name: "Joblib", package: "swift-joblib")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

// On Linux gd.h lies where the compiler looks; the flags of gdlib.pc would only bring warnings.
#if os(Linux)
let gdlib: String? = nil
#else
let gdlib: String? = "gdlib"
#endif

/// One folder per example; its README is for people, not for the compiler.
func example(
    _ name: String,
    dependencies: [Target.Dependency] = [],
    resources: [Resource] = []
) -> Target {
    .executableTarget(
        name: name,
        dependencies: [joblib, argumentParser] + dependencies,
        path: name,
        exclude: ["README.md"],
        resources: resources
    )
}

let package = Package(
    name: "joblib-examples",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "swift-joblib", path: ".."),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
    ],
    targets: [
        example("first-steps"),
        example("fragile", resources: [.copy("Inputs")]),
        example("process-data"),
        example("cached-pipeline"),
        example("exchange", resources: [.copy("exchange.py")]),
        example("convolve"),
        example("grid-search", resources: [.copy("Data")]),
        example("hog", dependencies: ["CGD"], resources: [.copy("Images")]),
        example("word-count"),
        // libgd decodes the images of `hog`; the other examples build without it.
        .systemLibrary(
            name: "CGD",
            path: "CGD",
            pkgConfig: gdlib,
            providers: [.apt(["libgd-dev"]), .brew(["gd"])]
        ),
    ]
)

for target in package.targets where target.type == .executable {
    target.swiftSettings = [
        .swiftLanguageMode(.v6),
        .strictMemorySafety(),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    ]
}
