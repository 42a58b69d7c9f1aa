import Extracting
import Foundation
import Storage
import TestSupport
import Testing
import Vocabulary

/// A ledger in which every text of a collection has its sketch.
private final class Library: Sendable {
  private let folder: Folder
  private let ledger: Ledger
  private let extractor = Extractor(zone: .shanghai)
  /// Those long enough to be compared.
  let texts: [String]

  init(_ collection: [String]) async throws {
    let folder = try Folder()
    let ledger = try Ledger.open(folder: folder.path("data"), now: Sample.instant())
    let extractor = extractor
    let texts = collection.filter { extractor.sketch(of: Sample.item(body: $0)) != nil }
    (self.folder, self.ledger, self.texts) = (folder, ledger, texts)
    try await ledger.write { ledger in
      for (number, text) in texts.enumerated() {
        let item = Sample.item("\(number)", body: text)
        guard let sketch = extractor.sketch(of: item) else { continue }
        try ledger.insert(item, admission: .new)
        try ledger.insert(sketch, of: item.id, at: Sample.instant())
      }
    }
  }

  deinit { ledger.close() }

  /// The numbers of the texts that are nearly this one, found on another feed or on theirs; nil where
  /// it is too short to be compared.
  func near(_ text: String, on feed: String = "forum") async throws -> Set<Int>? {
    guard let sketch = extractor.sketch(of: Sample.item(body: text)) else { return nil }
    let since = Sample.instant().steady
    let found = try await ledger.read {
      try $0.items(like: sketch, on: Feed.ID(rawValue: feed), since: since)
    }
    return Set(found.compactMap { Int($0.item.rawValue) })
  }
}

/// How well an edited text is known again.
private struct Score {
  /// Edited texts that were long enough to be compared.
  var asked = 0
  /// Those that were known as what they were made of.
  var known = 0
  /// Other texts that they were taken for.
  var mistaken = 0

  var recall: Double { Double(known) / Double(max(1, asked)) }
  var precision: Double { Double(known) / Double(max(1, known + mistaken)) }

  /// `alike` are the texts that are nearly each other as they stand, and may be taken for each other.
  init(of edit: Edit, on library: Library, alike: [Set<Int>], sample: Int = .max) async throws {
    var dice = Letters.Dice(state: 7)
    let texts = library.texts
    for number in texts.indices.shuffled(using: &dice).prefix(sample) {
      let other = (number + 1) % texts.count
      let edited = edit.made(of: texts[number], texts[other], &dice)
      guard let near = try await library.near(edited) else { continue }
      asked += 1
      known += near.contains(number) ? 1 : 0
      // What was written after it is of the other text, and is known as such.
      mistaken += near.subtracting(alike[number]).subtracting([number, other]).count
    }
  }
}

@Suite struct `Nearly the same text` {
  private static let letters: [String] = {
    var letters = Letters(seed: 1)
    return (0..<160).map { letters.letter(about: $0 % Letters.subjects) }
  }()

  @Test func `is never a letter of its own, though it be about the same`() async throws {
    let library = try await Library(Self.letters)
    #expect(library.texts.count == Self.letters.count)
    for (number, text) in library.texts.enumerated() {
      #expect(try await library.near(text) == [number])
    }
  }

  @Test(arguments: Edit.allCases)
  func `is known again after an edit`(_ edit: Edit) async throws {
    let library = try await Library(Self.letters)
    let alone = library.texts.indices.map { Set([$0]) }
    let score = try await Score(of: edit, on: library, alike: alone)
    #expect(score.asked > 100)
    #expect(score.recall >= (edit == .twoWords ? 0.9 : 0.98), "\(edit): \(score)")
    #expect(score.precision >= 0.99, "\(edit): \(score)")
  }

  @Test(arguments: 0..<Letters.formCount)
  func `is never one form filled in by many on one feed`(_ number: Int) async throws {
    var letters = Letters(seed: 3)
    let library = try await Library((0..<200).map { _ in letters.form(number) })
    #expect(library.texts.count == 200)
    for (number, text) in library.texts.enumerated() {
      let near = try await library.near(text, on: "board") ?? []
      let others = near.filter { library.texts[$0] != text && $0 != number }
      #expect(others.isEmpty, "\(text)\n\(others.map { library.texts[$0] })")
    }
  }

  private static let given = ProcessInfo.processInfo.environment["NEAR_TEXTS"]

  /// `make near TEXTS=FILE.tsv:FOLDER` prints the scores: on invented letters, and on real texts, the
  /// column `body` of a table or each file of a folder. Texts of others' are read where they are.
  @Test(.enabled(if: given != nil))
  func `is known again as the table says`() async throws {
    try await table(of: Self.letters, named: "invented letters")
    let paths = (Self.given ?? "").split(separator: ":")
    if !paths.isEmpty {
      try await table(of: paths.flatMap { read(String($0)) }, named: "real texts")
    }
    try await forms()
  }

  private func table(of texts: [String], named name: String) async throws {
    let library = try await Library(texts)
    var alike: [Set<Int>] = []
    for text in library.texts { alike.append(try await library.near(text) ?? []) }
    let pairs = alike.indices.flatMap { one in alike[one].filter { $0 < one }.map { (one, $0) } }
    print("\n\(library.texts.count) \(name), \(pairs.count) pairs nearly the same as they stand")
    for (one, other) in pairs where library.texts[one] != library.texts[other] {
      print("  \(library.texts[one].line)\n  = \(library.texts[other].line)")
    }
    print("\n| edit | recall | precision | of |\n| --- | --- | --- | --- |")
    for edit in Edit.allCases {
      let score = try await Score(of: edit, on: library, alike: alike, sample: 1000)
      print("| \(edit) | \(score.recall.shown) | \(score.precision.shown) | \(score.asked) |")
      #expect(score.precision > 0.95)
    }
  }

  /// How many of two hundred fillings of a form are taken for another, on its own feed and on one more.
  private func forms() async throws {
    print("\n| two hundred fillings of a form | its own feed | two feeds |\n| --- | --- | --- |")
    for number in 0..<Letters.formCount {
      var letters = Letters(seed: 3)
      let library = try await Library((0..<200).map { _ in letters.form(number) })
      var taken = ["board": 0, "forum": 0]
      for text in library.texts {
        for feed in taken.keys {
          let near = try await library.near(text, on: feed) ?? []
          taken[feed, default: 0] += near.contains { library.texts[$0] != text } ? 1 : 0
        }
      }
      print("| form \(number) | \(taken["board"] ?? 0) | \(taken["forum"] ?? 0) |")
    }
  }

  private func read(_ path: String) -> [String] {
    guard path.hasSuffix(".tsv") else {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
      return names.sorted().compactMap {
        try? String(contentsOfFile: path + "/" + $0, encoding: .utf8)
      }
    }
    let table = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    let rows = table.split(separator: "\n").map {
      $0.split(separator: "\t", omittingEmptySubsequences: false)
    }
    guard let column = rows.first?.firstIndex(of: "body") else { return [] }
    return rows.dropFirst().filter { $0.count > column }.map {
      $0[column].replacingOccurrences(of: "\\n", with: "\n")
    }
  }
}

extension String {
  /// Its beginning, on one line.
  fileprivate var line: String {
    String(prefix(40)).replacingOccurrences(of: "\n", with: " ")
  }
}

extension Double {
  /// With three digits.
  fileprivate var shown: String { formatted(.number.precision(.fractionLength(3))) }
}
