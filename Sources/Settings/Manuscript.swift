import Foundation
import Vocabulary

/// One file of the set-up as text (设置文件): UTF-8, without a byte order mark, free of characters
/// that nobody can see.
struct Manuscript {
  /// Why a file's bytes could not be had.
  struct Unopened: Error {
    var sentence: Phrase
  }

  /// More than any office writes by hand; a file larger than this is not what its name says.
  static let largest = 8 << 20

  let path: String
  let text: String

  /// Bytes as text; nil, with a finding, where they are none.
  init?(_ bytes: [UInt8], path: String, findings: Findings) {
    let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
    if let fault = Manuscript.fault(in: body) {
      let place = Place(file: path, line: fault.line, column: fault.column)
      findings.error(at: place, fault.sentence)
      return nil
    }
    self.path = path
    self.text = String(decoding: body, as: UTF8.self)
  }

  /// Opens a file that another one names; nil, with a finding, where that fails.
  static func open(_ path: String, findings: Findings) -> Manuscript? {
    do {
      return Manuscript(try bytes(of: path), path: path, findings: findings)
    } catch {
      findings.error(at: Place(file: path, line: 1, column: 1), error.sentence)
      return nil
    }
  }

  /// The bytes of an ordinary file.
  static func bytes(of path: String) throws(Unopened) -> [UInt8] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Unopened(sentence: Phrase(zh: "没有这个文件", en: "there is no such file"))
    }
    // A pipe or a device could be read for ever.
    let kind = try? FileManager.default.attributesOfItem(atPath: resolved(path))[.type]
    guard !isFolder.boolValue, kind as? FileAttributeType == .typeRegular else {
      throw Unopened(sentence: Phrase(zh: "这不是一个普通文件", en: "this is no ordinary file"))
    }
    guard let file = FileHandle(forReadingAtPath: path),
      let content = try? file.read(upToCount: largest + 1) ?? Data()
    else {
      throw Unopened(
        sentence: Phrase(zh: "文件打不开，请检查读取权限", en: "cannot be read; check its permissions"))
    }
    guard content.count <= largest else {
      throw Unopened(
        sentence: Phrase(zh: "文件超过 8 MiB，不像是设置文件", en: "larger than 8 MiB: no set-up file"))
    }
    return Array(content)
  }

  private static func resolved(_ path: String) -> String {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().path
  }

  /// What `language:` says at the beginning of a line; Chinese unless it says English.
  static func language(in bytes: [UInt8]) -> Language {
    let lines = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline)
    let key = "language:"
    // A byte order mark before the first key is one scalar more.
    guard let line = lines.map({ $0.drop { $0 == "\u{FEFF}" } }).first(where: { $0.hasPrefix(key) })
    else { return .zh }
    let word = line.dropFirst(key.count).prefix { $0 != "#" }
    let bare = word.filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
    return Language(rawValue: String(bare)) ?? .zh
  }
}
