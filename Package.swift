// swift-tools-version: 6.1
import PackageDescription

/// The processor that numeric targets are built for: the host's, unless `GLISSADE_MARCH` names
/// another (`x86-64-v2`, `x86-64-v3`, `x86-64-v4`, `armv8-a`, …).
let march = Context.environment["GLISSADE_MARCH"] ?? "native"

/// Vectors as wide as the processor has them: left alone, compilers halve them on many Intel
/// processors, and eight doubles are two vectors there. The bits are the same.
#if arch(x86_64)
  let wideVectors = [
    "-mprefer-vector-width=512", "-Xclang", "-target-feature", "-Xclang", "-prefer-256-bit",
  ]
#else
  let wideVectors: [String] = []
#endif

/// House rules that hold in every target.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  // Line numbers of an optimised program serve nobody here, and cost a twentieth of the build.
  .unsafeFlags(["-gnone"], .when(configuration: .release)),
]

/// Numeric targets: built for the host processor, optimised in debug builds too. Values of type
/// `Lanes` may only travel between targets that are built this way: their calling convention
/// depends on the processor named here.
let numeric: [SwiftSetting] =
  house + [
    .unsafeFlags(
      (["-march=\(march)", "-fno-math-errno"] + wideVectors).flatMap { ["-Xcc", $0] }),
    .unsafeFlags(["-O", "-wmo", "-num-threads", "2"], .when(configuration: .debug)),
  ]

/// Targets whose work in tests is long: optimised in debug builds too, file by file, so that a
/// change stays quick to build.
let brisk: [SwiftSetting] = house + [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
  name: "glissade",
  products: [.executable(name: "glissade", targets: ["glissade"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // The numeric floors.
    .target(
      name: "CLanes", exclude: ["README.md"],
      cSettings: [
        .define("GLISSADE_BUILD_MARCH", to: "\"\(march)\""),
        .unsafeFlags(["-march=\(march)"] + wideVectors),
        .unsafeFlags(["-O2"], .when(configuration: .debug)),
      ],
      linkerSettings: [.linkedLibrary("m")]),
    .target(name: "Lanes", dependencies: ["CLanes"], swiftSettings: numeric),
    .target(name: "Differentiation", dependencies: ["Lanes"], swiftSettings: numeric),
    .target(name: "Optimization", dependencies: ["CLanes", "Lanes"], swiftSettings: numeric),
    .target(
      name: "Models", dependencies: ["CLanes", "Differentiation", "Lanes"],
      exclude: ["Network/README.md"], swiftSettings: numeric),
    .target(
      name: "Training", dependencies: ["Models", "Optimization", "Differentiation", "Lanes"],
      swiftSettings: numeric),

    .target(
      name: "Doctor",
      dependencies: ["Training", "Models", "Optimization", "Differentiation", "Lanes"],
      swiftSettings: numeric),

    .target(
      name: "Benchmarks",
      dependencies: ["CLanes", "Training", "Models", "Optimization", "Differentiation", "Lanes"],
      swiftSettings: numeric),

    // The terminal.
    .target(name: "Terminal", swiftSettings: brisk),
    .systemLibrary(name: "CNcurses"),
    .target(name: "CTerminalGuard"),
    .target(
      name: "NcursesScreen", dependencies: ["Terminal", "CNcurses", "CTerminalGuard"],
      swiftSettings: house),
    .systemLibrary(
      name: "CFreeType", pkgConfig: "freetype2",
      providers: [.apt(["libfreetype-dev", "libpng-dev"])]),
    .target(name: "Pictures", dependencies: ["Terminal", "CFreeType"], swiftSettings: brisk),

    // The explorer.
    .target(
      name: "Views",
      dependencies: ["Training", "Models", "Optimization", "Differentiation", "Lanes", "Terminal"],
      swiftSettings: brisk),
    .target(name: "Metrics", dependencies: ["Presets", "Training"], swiftSettings: brisk),
    .target(
      name: "Explorer",
      dependencies: [
        "Doctor", "Metrics", "Views", "Presets", "Training", "Models", "Optimization",
        "Differentiation", "Lanes",
        "Terminal",
      ],
      swiftSettings: brisk),
    .target(name: "CPresets", cSettings: [.unsafeFlags(["-Wno-c23-extensions"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "Presets",
      dependencies: [
        "CPresets", "CZlib", "Training", "Models", "Optimization", "Differentiation", "Lanes",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: brisk),
    .target(name: "CProcessorGuard", dependencies: ["CLanes"]),
    .target(name: "CManual", cSettings: [.unsafeFlags(["-Wno-c23-extensions"])]),
    .executableTarget(
      name: "glissade",
      dependencies: [
        "CManual", "CProcessorGuard", "NcursesScreen", "Pictures", "Presets", "Benchmarks",
        "Explorer", "Metrics",
        "Doctor",
        "Views", "Training",
        "Models", "Optimization", "Differentiation", "Lanes", "Terminal",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house),

    // Tests: one suite a floor. Suites that touch `Lanes` are numeric too.
    .testTarget(
      name: "LanesTests", dependencies: ["Lanes", "CLanes", "CProcessorGuard"],
      resources: [.copy("Fixtures")],
      swiftSettings: numeric),
    .testTarget(
      name: "DifferentiationTests", dependencies: ["Differentiation", "Lanes"],
      resources: [.copy("Fixtures")], swiftSettings: numeric),
    .testTarget(
      name: "OptimizationTests", dependencies: ["Optimization", "Lanes"], swiftSettings: numeric),
    .testTarget(
      name: "ModelsTests", dependencies: ["Models", "Differentiation", "Lanes"],
      resources: [.copy("Fixtures")], swiftSettings: numeric),
    .target(name: "CAllocationCount", path: "Tests/CAllocationCount"),
    .testTarget(
      name: "TrainingTests",
      dependencies: [
        "CAllocationCount", "Training", "Models", "Optimization", "Differentiation", "Lanes",
      ],
      swiftSettings: numeric),
    .testTarget(name: "TerminalTests", dependencies: ["Terminal"], swiftSettings: house),
    .testTarget(
      name: "PicturesTests", dependencies: ["Pictures", "Terminal", "CFreeType"],
      swiftSettings: house),
    .testTarget(
      name: "ViewsTests",
      dependencies: ["Views", "Training", "Models", "Optimization", "Lanes", "Terminal"],
      swiftSettings: house),
    .testTarget(name: "MetricsTests", dependencies: ["Metrics"], swiftSettings: house),
    .testTarget(
      name: "ExplorerTests",
      dependencies: [
        "Explorer", "Metrics", "Doctor", "Presets", "Views", "Training", "Models", "Optimization",
        "Differentiation",
        "Lanes", "Terminal",
      ],
      swiftSettings: house),
    .testTarget(
      name: "PresetsTests",
      dependencies: [
        "Presets", "Training", "Models", "Optimization", "Differentiation", "Lanes",
      ], resources: [.copy("Fixtures")], swiftSettings: house
    ),
    .testTarget(
      name: "DoctorTests",
      dependencies: [
        "Doctor", "Presets", "Training", "Models", "Optimization", "Differentiation", "Lanes",
      ], swiftSettings: house),
    .testTarget(
      name: "ReferenceTests",
      dependencies: ["Presets", "Training", "Models", "Optimization", "Differentiation", "Lanes"],
      resources: [.copy("Fixtures")], swiftSettings: house),
    .testTarget(
      name: "GlissadeTests",
      dependencies: [
        "glissade", "Explorer", "Views", "Doctor", "Presets", "Training", "Lanes", "Terminal",
      ],
      swiftSettings: house),
  ]
)

// Only the numeric floors and their tests: what is built a second time for another processor.
if Context.environment["GLISSADE_FLOORS"] == "numeric" {
  let floors = ["Lanes", "Differentiation", "Optimization", "Models", "Training"]
  let names = Set(
    floors + floors.map { $0 + "Tests" } + ["CLanes", "CProcessorGuard", "CAllocationCount"])
  package.targets.removeAll { !names.contains($0.name) }
  package.products = []
  package.dependencies = []
}
