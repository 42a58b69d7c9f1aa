import Foundation
import TestSupport

/// A walk as a file: what an office has and what citizens write above the line, what comes of it
/// below.
struct WalkFile {
  /// One thing that happens, in order.
  enum Step {
    /// A file of the set-up: `Feeds/board.yaml`, `Rules/water.yaml`.
    case setup(name: String, text: String)
    /// A page is put on the web, in a charset.
    case page(path: String, charset: String, text: String)
    /// A page is taken off the web.
    case gone(path: String)
    /// Somebody says at the terminal that an alert is in hand: an officer, or as `--unit` and
    /// `--phoned` say.
    case ack(String, word: String?)
    /// Time passes.
    case later(Duration)
    /// Huiyin reads every feed once and sends what is due.
    case round
  }

  /// What parts a walk from what came of it.
  static let line = "----------"

  let url: URL
  let above: String
  let expected: String
  let steps: [Step]

  init(_ url: URL) throws {
    self.url = url
    let text = try String(contentsOf: url, encoding: .utf8)
    let parts = text.components(separatedBy: "\n\(WalkFile.line)\n")
    above = parts[0]
    expected = parts.count > 1 ? parts[1] : ""
    steps = try WalkFile.steps(in: above)
  }

  /// All walks, by name.
  static var all: [URL] {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Walks")
    let files = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return (files ?? []).filter { $0.pathExtension == "walk" }
      .sorted { $0.lastPathComponent < $1.lastPathComponent }
  }

  /// Writes what came of it below the line.
  func rewrite(_ result: String) throws {
    try "\(above)\n\(WalkFile.line)\n\(result)".write(to: url, atomically: true, encoding: .utf8)
  }

  /// A step begins with a line `== WORD …`; what follows, up to the next, is its text.
  private static func steps(in text: String) throws -> [Step] {
    var steps: [Step] = []
    for block in text.components(separatedBy: "\n== ").dropFirst() {
      let lines = block.components(separatedBy: "\n")
      let words = lines[0].split(separator: " ").map(String.init)
      let body = lines.dropFirst().joined(separator: "\n")
      steps.append(try step(words, body))
    }
    return steps
  }

  private static func step(_ words: [String], _ body: String) throws -> Step {
    switch (words.first, words.dropFirst().first) {
    case ("file", let name?): return .setup(name: name, text: body)
    case ("page", let path?):
      return .page(path: path, charset: words.count > 2 ? words[2] : "UTF-8", text: body)
    case ("gone", let path?): return .gone(path: path)
    case ("ack", let id?): return .ack(id, word: words.count > 2 ? words[2] : nil)
    case ("later", let minutes?): return .later(.seconds((Int64(minutes) ?? 0) * 60))
    case ("round", _): return .round
    default: throw Unknown(words: words)
    }
  }

  /// A step that no walk knows.
  struct Unknown: Error {
    var words: [String]
  }
}
