import Testing

/// The plan of the house: what each target may import beside what the platform has.
private let plan: [String: Set<String>] = [
  "CArena": ["CLibXML2"], "CCares": [], "CCurl": [], "CGMime": [], "CLibXML2": [],
  "CRE2": [], "CSpawn": [], "CXLSXWriter": [], "CZip": [],
  "Wire": ["CCurl"],
  "Vocabulary": [],
  "Fetching": ["Vocabulary", "CCurl", "CCares", "Crypto"],
  "Extracting": ["Vocabulary", "CArena", "CLibXML2", "CZip", "Crypto"],
  "Judging": ["Vocabulary", "CRE2"],
  "Alerting": ["Vocabulary"],
  "Drafting": ["Vocabulary", "Mustache"],
  "Mailing": ["Vocabulary", "CCurl", "Wire", "Crypto"],
  "Calling": ["Vocabulary", "CCurl", "CSpawn", "Crypto"],
  "Collecting": ["Vocabulary", "CArena", "CCurl", "CGMime", "CLibXML2", "Wire", "Crypto"],
  "Settings": ["Vocabulary", "Yams", "Crypto"],
  "Storage": ["Vocabulary", "GRDB"],
  "Pipeline": ["Vocabulary", "Storage", "ServiceLifecycle", "Logging"],
  "huiyin": [
    "Vocabulary", "Collecting", "Fetching", "Extracting", "Judging", "Alerting", "Drafting",
    "Mailing", "Calling", "Settings", "Storage", "Pipeline", "ArgumentParser", "ServiceLifecycle",
    "Logging",
    "UnixSignals", "CXLSXWriter",
  ],
]

/// Part of Swift on every platform. FoundationNetworking is not among them: pages are fetched by
/// one target alone.
private let platform: Set = [
  "Foundation", "FoundationEssentials", "Dispatch", "Glibc", "Musl", "Darwin", "Synchronization",
]

/// `path:line imports X` for each import that the plan does not have.
private func strayImports(in file: SourceFile) -> [String] {
  let allowed = platform.union(plan[file.target] ?? [])
  let all = file.tokens.all
  return file.tokens.indices(of: "import").filter { $0 + 1 < all.count }.compactMap { index in
    let kinds: Set = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
    let isOfOneName = kinds.contains(all[index + 1].text) && index + 2 < all.count
    let module = all[index + (isOfOneName ? 2 : 1)].text
    return allowed.contains(module) ? nil : "\(file.path):\(all[index].line) imports \(module)"
  }
}

@Suite struct `The arrows` {
  @Test func `lead from a stage to the vocabulary and never to another stage`() {
    #expect(House.sources.flatMap(strayImports).isEmpty)
  }

  @Test func `are drawn for every target there is`() {
    #expect(House.contents(of: "Sources").filter { !$0.hasPrefix(".") } == plan.keys.sorted())
  }

  @Test(arguments: [
    "import Storage", "@preconcurrency import Storage", "package import Storage",
    "import struct Storage.Ledger", "import FoundationNetworking",
  ])
  func `are seen to be crossed`(line: String) {
    let file = SourceFile(path: "Sources/Judging/Judge.swift", text: "import Vocabulary\n" + line)
    #expect(strayImports(in: file).count == 1)
  }
}
