// swift-tools-version: 6.2
import PackageDescription

// The arrows: a stage knows the vocabulary and an outside library, never another stage.
// `swift build --explicit-target-dependency-import-check error` holds everyone to them.

let strict: [SwiftSetting] = [
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A stage or a shelf: the vocabulary and what it names.
func part(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: ["Vocabulary"] + dependencies, swiftSettings: strict)
}

/// The tests of one part, with the shared samples and servers.
func tests(
  _ name: String, of parts: [Target.Dependency], resources: [Resource] = [],
  exclude: [String] = []
) -> Target {
  .testTarget(
    name: name, dependencies: ["TestSupport", "Vocabulary"] + parts, exclude: exclude,
    resources: resources, swiftSettings: strict)
}

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "huiyin",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "huiyin", targets: ["huiyin"]),
    // What `make faults` runs: the suite, and what it loads into the real program.
    .executable(name: "faults", targets: ["FaultRunner"]),
    .library(name: "FaultShim", type: .dynamic, targets: ["FaultShim"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
  ],
  targets: [
    // The C edges. Their Debian packages are named in deploy/packages.
    .systemLibrary(name: "CCares", pkgConfig: "libcares", providers: [.apt(["libc-ares-dev"])]),
    .systemLibrary(
      name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CGMime", providers: [.apt(["libgmime-3.0-dev"])]),
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),

    .target(name: "CArena", dependencies: ["CLibXML2"]),
    // RE2 speaks C++ alone. Its Debian package is libre2-dev.
    .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2"), .linkedLibrary("stdc++")]),
    .target(name: "CSpawn"),

    // What Mailing and Collecting speak on once libcurl has connected.
    .target(name: "Wire", dependencies: ["CCurl"], swiftSettings: strict),

    .target(name: "Vocabulary", swiftSettings: strict),

    // The walk, in order.
    part("Fetching", ["CCurl", "CCares", crypto]),
    part("Extracting", ["CArena", "CLibXML2", "CZip", crypto]),
    part("Judging", ["CRE2"]),
    part("Alerting"),
    part("Drafting", [mustache]),
    part("Mailing", ["CCurl", "Wire", crypto]),
    part("Calling", ["CCurl", "CSpawn", crypto]),
    // What comes back.
    part("Collecting", ["CArena", "CCurl", "CGMime", "CLibXML2", "Wire", crypto]),

    // What the walk stands on.
    part("Settings", [yams, crypto]),
    part("Storage", [grdb]),
    part("Pipeline", ["Storage", lifecycle, logging]),

    .executableTarget(
      name: "huiyin",
      dependencies: [
        "Vocabulary", "Collecting", "Fetching", "Extracting", "Judging", "Alerting", "Drafting",
        "Mailing", "Calling", "Settings", "Storage", "Pipeline", "CXLSXWriter", argumentParser,
        lifecycle,
        logging,
      ],
      swiftSettings: strict),

    // Drives Mailing alone, for the bench.
    .executableTarget(
      name: "mail-bench", dependencies: ["Mailing", "Vocabulary"], path: "Benchmarks/Sender",
      swiftSettings: strict),
    // Drives Judging alone.
    .executableTarget(
      name: "word-bench", dependencies: ["Judging", "Settings", "Vocabulary"],
      path: "Benchmarks/Words", swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["Vocabulary"], path: "Tests/TestSupport",
      swiftSettings: strict),
    .systemLibrary(name: "CFaultBoard", path: "Tests/FaultBoard"),
    .target(name: "FaultShim", path: "Tests/FaultShim"),
    .target(
      name: "Faults", dependencies: ["TestSupport", "CFaultBoard", grdb], path: "Tests/Faults",
      swiftSettings: strict),
    .executableTarget(
      name: "FaultRunner", dependencies: ["Faults", argumentParser], path: "Tests/FaultRunner",
      swiftSettings: strict),
    tests("FaultTests", of: ["huiyin", "Faults"]),
    tests("VocabularyTests", of: []),
    tests("FetchingTests", of: ["Fetching"]),
    tests("ExtractingTests", of: ["CArena", "Extracting"], exclude: ["Pages"]),
    tests("JudgingTests", of: ["Judging"]),
    tests("AlertingTests", of: ["Alerting"]),
    tests("DraftingTests", of: ["Drafting", mustache], exclude: ["Samples"]),
    tests("MailingTests", of: ["Mailing"], exclude: ["Servers"]),
    tests("CallingTests", of: ["Calling"]),
    tests(
      "CollectingTests", of: ["Collecting"], exclude: ["Letters", "Servers"]),
    tests("SettingsTests", of: ["Settings"], exclude: ["Broken"]),
    tests("StorageTests", of: ["Storage"]),
    tests("PipelineTests", of: ["Pipeline", "Storage"]),
    tests("HouseTests", of: []),
    tests("DaemonTests", of: ["huiyin"], exclude: ["Servers"]),
    tests("CommandTests", of: ["huiyin"]),
    tests(
      "WalkTests",
      of: [
        "huiyin", "Fetching", "Extracting", "Judging", "Alerting", "Drafting", "Mailing",
        "Settings", "Storage", "Pipeline", logging,
      ], exclude: ["Walks"]),
  ],
  swiftLanguageModes: [.v6],
  cxxLanguageStandard: .cxx17
)
