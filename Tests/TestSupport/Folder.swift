package import Foundation

/// A folder of a test's own, gone when the test is.
package final class Folder: Sendable {
  /// Where it lies.
  package let url: URL

  /// A new, empty folder.
  package init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("huiyin-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  /// Its path.
  package var path: String { url.path }

  /// The path of something in it.
  package func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// Writes a file into it, folders on the way included, and all at once for whoever reads it.
  package func write(_ text: String, to name: String) throws {
    try write(Data(text.utf8), to: name)
  }

  /// Writes bytes into a file in it.
  package func write(_ bytes: Data, to name: String) throws {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file, options: .atomic)
  }

  /// Reads a file in it.
  package func read(_ name: String) throws -> String {
    try String(contentsOf: url.appendingPathComponent(name), encoding: .utf8)
  }

  /// The names in a folder of it, in order; none where there is no such folder.
  package func names(in name: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(
      atPath: url.appendingPathComponent(name).path)
    return (names ?? []).sorted()
  }
}
