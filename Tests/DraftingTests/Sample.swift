import Foundation
import Testing

/// A file that says what a paper looks like; `UPDATE=1` rewrites it, and the change is what review
/// reads.
struct Sample {
  let name: String

  private var url: URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Samples/\(name)")
  }

  /// Whether a text is what the file says.
  func expect(_ text: String) throws {
    if ProcessInfo.processInfo.environment["UPDATE"] == "1" {
      try text.write(to: url, atomically: true, encoding: .utf8)
    }
    let written = try String(contentsOf: url, encoding: .utf8)
    let differs = zip(written.split(separator: "\n"), text.split(separator: "\n")).first {
      $0 != $1
    }
    #expect(written == text, "\(name): \(differs.map { "\($0.0) ≠ \($0.1)" } ?? "length")")
  }
}
