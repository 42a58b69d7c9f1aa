import Vocabulary
import Yams

/// Keys that stand more than once in one mapping (重复的键).
///
/// The composer stops at the first of them and would hide the rest of the file. So the earlier
/// occurrence gets another first letter, one of Unicode's private ones, which keeps every column
/// where it is; the text is composed again, and the tree then shows each repeated key.
struct RepeatedKeys {
  private(set) var text: String
  private var names: [String: String] = [:]

  init(_ text: String) {
    self.text = text
  }

  /// Gives the key at a mark another first letter; false where that cannot be done.
  mutating func stain(_ key: String, at mark: Mark) -> Bool {
    var scalars = text.unicodeScalars
    // 6,400 private letters; a file with more repeated keys than this is no set-up.
    guard names.count < 200, let letter = Unicode.Scalar(UInt32(0xE000 + names.count)),
      var start = index(of: mark)
    else { return false }
    if scalars[start] == "\"" || scalars[start] == "'" { start = scalars.index(after: start) }
    guard start < scalars.endIndex, scalars[start] == key.unicodeScalars.first else { return false }
    scalars.replaceSubrange(start...start, with: [letter])
    names[String(letter) + String(key.unicodeScalars.dropFirst())] = key
    text = String(scalars)
    return true
  }

  /// The second and later occurrences in a mapping, with their places.
  func found(in mapping: Node.Mapping) -> [(Mark, String)] {
    guard !names.isEmpty else { return [] }
    var seen: Set<String> = []
    return mapping.compactMap { key, _ in
      guard let written = key.scalar?.string, let mark = key.mark else { return nil }
      let name = names[written] ?? written
      return seen.insert(name).inserted ? nil : (mark, name)
    }
  }

  /// Whether a key was given another first letter, so that another of its name follows.
  static func isStained(_ key: String) -> Bool {
    key.unicodeScalars.first.map { (0xE000..<0xE0C8).contains($0.value) } ?? false
  }

  static func sentence(_ key: String?) -> Phrase {
    let key = key ?? "?"
    return Phrase(
      zh: "“\(key)”在这一节里写了不止一次，只能留一个",
      en: "\"\(key)\" is given more than once in this section; keep one")
  }

  private func index(of mark: Mark) -> String.Index? {
    let scalars = text.unicodeScalars
    var (line, at) = (1, scalars.startIndex)
    while line < mark.line, at < scalars.endIndex {
      let scalar = scalars[at]
      at = scalars.index(after: at)
      let isHalf = scalar == "\r" && at < scalars.endIndex && scalars[at] == "\n"
      if scalar == "\n" || (scalar == "\r" && !isHalf) { line += 1 }
    }
    let found = scalars.index(at, offsetBy: mark.column - 1, limitedBy: scalars.endIndex)
    return found.flatMap { $0 < scalars.endIndex ? $0 : nil }
  }
}
