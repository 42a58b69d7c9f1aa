import Foundation
import Settings
import Testing
import Vocabulary

/// A set-up of the folder `Broken`: the files of `sound`, with those of one case over them.
struct BrokenSetup: CustomTestStringConvertible, Sendable {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Broken")

  static let all: [BrokenSetup] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { !$0.hasPrefix(".") }.sorted().map(BrokenSetup.init)
  }()

  let name: String

  var testDescription: String { name }

  private var golden: URL {
    BrokenSetup.folder.appendingPathComponent(name).appendingPathComponent("expected.diagnostics")
  }

  /// The diagnostics that the case is to give, as `check` prints them.
  func expected() throws -> String {
    try String(contentsOf: golden, encoding: .utf8)
  }

  /// Makes what was found what is expected.
  func update(_ found: String) throws {
    try found.write(to: golden, atomically: true, encoding: .utf8)
  }

  /// What reading the case gives, with paths from its own folder.
  func reading() throws -> (reading: Settings.Outcome, text: String) {
    let scratch = try Scratch()
    try scratch.copy(BrokenSetup.folder.appendingPathComponent("sound"))
    try scratch.copy(BrokenSetup.folder.appendingPathComponent(name))
    let reading = try Settings.read(scratch.path("huiyin.yaml"), checks: .forTests)
    let lines = reading.diagnostics.map { $0.line(in: reading.language) + "\n" }.joined()
    return (reading, lines.replacingOccurrences(of: scratch.path(""), with: ""))
  }
}

/// A folder that goes when the test is over.
final class Scratch {
  private let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("huiyin-settings-\(UUID().uuidString)")

  init() throws {
    // The ledger's folder of every sample.
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("data"), withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  func path(_ name: String) -> String { folder.path + "/" + name }

  func write(_ text: String, to name: String) throws {
    try write(Data(text.utf8), to: name)
  }

  func write(_ bytes: Data, to name: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file)
  }

  /// Adds lines to a file.
  func append(_ text: String, to name: String) throws {
    let before = try String(contentsOfFile: path(name), encoding: .utf8)
    try write(before + text, to: name)
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: path(name))
  }

  /// Copies a folder's files over those that are there.
  func copy(_ other: URL) throws {
    let names = try FileManager.default.subpathsOfDirectory(atPath: other.path)
    for name in names {
      let file = other.appendingPathComponent(name)
      guard try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true else {
        continue
      }
      try write(Data(contentsOf: file), to: name)
    }
  }

  /// The set-up that nothing is wrong with.
  func copySound() throws {
    try copy(BrokenSetup.folder.appendingPathComponent("sound"))
  }
}

extension Checks {
  /// On 1 December 2026, at noon in Beijing. Takes `[[` for what no selector or pattern can hold; the
  /// real checks are the business of extraction and of judging.
  static let forTests = Checks(
    now: WallTime(milliseconds: 1_796_097_600_000),
    selector: { selector in
      selector.expression.contains("[[")
        ? Phrase(zh: "选择器写错了：多了一个 [", en: "the selector has one [ too many") : nil
    },
    pattern: { pattern in
      pattern.contains("[[") ? Phrase(zh: "正则写错了：多了一个 [", en: "one [ too many") : nil
    },
    personal: { name in
      ["author", "电话", "来电人"].contains { name.contains($0) }
        ? Phrase(zh: "“\(name)”是留言人本人的信息", en: "\"\(name)\" tells who wrote") : nil
    })
}
