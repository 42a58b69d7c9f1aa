import Foundation

/// The repository, as its own tests find it on disk.
enum House {
  /// The folder with Package.swift in it.
  static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every Swift file and C header under Sources.
  static let sources = files(under: "Sources")
    .filter { $0.hasSuffix(".swift") || $0.hasSuffix(".h") }
    .map(SourceFile.init)

  /// The paths of all files under a folder, from the root, in order; hidden ones included.
  static func files(under folder: String) -> [String] {
    let found = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
    return (found?.compactMap { $0 as? String } ?? [])
      .map { folder + "/" + $0 }
      .filter { !isFolder($0) }
      .sorted()
  }

  /// The names of what lies directly in a folder.
  static func contents(of folder: String) -> [String] {
    let path = root.appending(path: folder).path
    return ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// The text of a file, or nothing where there is none or it is not UTF-8.
  static func text(_ path: String) -> String {
    (try? String(contentsOf: root.appending(path: path), encoding: .utf8)) ?? ""
  }

  static func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(
      atPath: root.appending(path: path).path, isDirectory: &isFolder)
    return exists && isFolder.boolValue
  }
}

/// One file under Sources, read once.
struct SourceFile: Sendable {
  /// From the root: `Sources/Alerting/Audience.swift`.
  var path: String
  var text: String
  var tokens: Tokens
  /// The types and functions that the file declares, operators excepted.
  var declarations: [Declaration]

  init(_ path: String) {
    self.init(path: path, text: House.text(path))
  }

  init(path: String, text: String) {
    self.path = path
    self.text = text
    self.tokens = Tokens(text)
    self.declarations = Declaration.all(in: tokens)
  }

  /// The target that the file belongs to.
  var target: String {
    path.split(separator: "/").dropFirst().first.map(String.init) ?? ""
  }

  /// `path:line` for each line at which these tokens follow each other.
  func places(of sequence: [String]) -> [String] {
    tokens.lines(of: sequence).map { "\(path):\($0)" }
  }
}
