// swift-tools-version: 6.1
import PackageDescription

let checks: [SwiftSetting] = ["ExistentialAny", "InternalImportsByDefault", "MemberImportVisibility"]
    .map { .enableUpcomingFeature($0) }

let targets: [Target] = [
    .target(name: "CGLPK", linkerSettings: [.linkedLibrary("glpk")]),
    .target(name: "LinearProgramming", swiftSettings: checks),
    .target(name: "GLPKSolver", dependencies: ["CGLPK", "LinearProgramming"], swiftSettings: checks),
    .target(name: "Headroom", dependencies: ["LinearProgramming"], swiftSettings: checks),
    .target(
        name: "HeadroomFiles", dependencies: ["Headroom", "LinearProgramming", "Yams"], swiftSettings: checks),
    .target(
        name: "HeadroomTestSupport", dependencies: ["Headroom", "LinearProgramming"], swiftSettings: checks),
]

let tests: [Target] = [
    .testTarget(name: "CGLPKTests", dependencies: ["CGLPK"], swiftSettings: checks),
    .testTarget(name: "LinearProgrammingTests", dependencies: ["LinearProgramming"], swiftSettings: checks),
    .testTarget(
        name: "GLPKSolverTests", dependencies: ["GLPKSolver", "HeadroomTestSupport", "LinearProgramming"],
        swiftSettings: checks),
    .testTarget(
        name: "HeadroomTests",
        dependencies: ["GLPKSolver", "Headroom", "HeadroomTestSupport", "LinearProgramming"],
        swiftSettings: checks),
    .testTarget(
        name: "HeadroomFilesTests",
        dependencies: ["GLPKSolver", "Headroom", "HeadroomFiles", "HeadroomTestSupport"],
        swiftSettings: checks),
]

let package = Package(
    name: "headroom",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0")
    ],
    targets: targets + tests,
    swiftLanguageModes: [.v6]
)
