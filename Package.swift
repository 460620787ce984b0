// swift-tools-version: 6.1
import PackageDescription

let checks: [SwiftSetting] = ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
    .map { .enableUpcomingFeature($0) }

// Where the numbers are worked out debug builds are optimized too: tests take a fraction of the time, and what is checked
// at run time (bounds, overflow, preconditions) still is.
let optimized = checks + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let targets: [Target] = [
    .target(name: "CGLPK", linkerSettings: [.linkedLibrary("glpk")]),
    .target(name: "CDenseRows"),
    .target(
        name: "CCommonMark",
        linkerSettings: [.linkedLibrary("cmark-gfm-extensions"), .linkedLibrary("cmark-gfm")]),
    .target(name: "CXLSXWriter", linkerSettings: [.linkedLibrary("xlsxwriter")]),
    .target(name: "LinearProgramming", swiftSettings: optimized),
    .target(name: "GLPKSolver", dependencies: ["CGLPK", "LinearProgramming"], swiftSettings: optimized),
    .target(name: "Headroom", dependencies: ["CDenseRows", "LinearProgramming"], swiftSettings: optimized),
    .target(
        name: "HeadroomFiles", dependencies: ["Headroom", "LinearProgramming", "Yams"],
        swiftSettings: optimized),
    .target(name: "HeadroomCharts", dependencies: ["Headroom"], swiftSettings: optimized),
    .target(
        name: "HeadroomReports",
        dependencies: [
            "CCommonMark", "Headroom", "HeadroomCharts", "HeadroomFiles",
            .product(name: "Mustache", package: "swift-mustache"),
        ], swiftSettings: optimized),
    .target(
        name: "HeadroomWorkbooks",
        dependencies: ["CXLSXWriter", "Headroom", "HeadroomCharts", "HeadroomFiles"],
        swiftSettings: optimized),
    .executableTarget(
        name: "HeadroomCLI",
        dependencies: [
            "GLPKSolver", "Headroom", "HeadroomCharts", "HeadroomFiles", "HeadroomReports",
            "HeadroomWorkbooks", "LinearProgramming", argumentParser,
        ],
        swiftSettings: checks),
    .target(
        name: "HeadroomTestSupport", dependencies: ["Headroom", "LinearProgramming"], swiftSettings: checks),
    .executableTarget(
        name: "headroom-benchmark",
        dependencies: [
            "GLPKSolver", "Headroom", "HeadroomFiles", "HeadroomTestSupport", "LinearProgramming",
            argumentParser,
        ],
        path: "Sources/Benchmarks/HeadroomBenchmark", resources: [.copy("Peers")], swiftSettings: checks),
]

let tests: [Target] = [
    .testTarget(name: "CGLPKTests", dependencies: ["CGLPK"], swiftSettings: checks),
    .testTarget(name: "LinearProgrammingTests", dependencies: ["LinearProgramming"], swiftSettings: checks),
    .testTarget(
        name: "GLPKSolverTests", dependencies: ["GLPKSolver", "HeadroomTestSupport", "LinearProgramming"],
        swiftSettings: checks),
    .testTarget(
        name: "HeadroomTests",
        dependencies: ["CDenseRows", "GLPKSolver", "Headroom", "HeadroomTestSupport", "LinearProgramming"],
        swiftSettings: checks),
    .testTarget(
        name: "HeadroomFilesTests",
        dependencies: ["GLPKSolver", "Headroom", "HeadroomFiles", "HeadroomTestSupport"],
        swiftSettings: checks),
    .testTarget(
        name: "HeadroomChartsTests",
        dependencies: ["GLPKSolver", "Headroom", "HeadroomCharts", "HeadroomFiles", "HeadroomTestSupport"],
        swiftSettings: checks),
    .testTarget(
        name: "HeadroomReportsTests",
        dependencies: ["GLPKSolver", "Headroom", "HeadroomFiles", "HeadroomReports"],
        swiftSettings: checks),
    .testTarget(
        name: "HeadroomWorkbooksTests",
        dependencies: [
            "GLPKSolver", "Headroom", "HeadroomFiles", "HeadroomTestSupport", "HeadroomWorkbooks",
        ],
        swiftSettings: checks),
    .testTarget(
        name: "HeadroomCLITests", dependencies: ["HeadroomCLI", "HeadroomTestSupport"], swiftSettings: checks),
]

let package = Package(
    name: "headroom",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "headroom", targets: ["HeadroomCLI"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    ],
    targets: targets + tests,
    swiftLanguageModes: [.v6]
)
