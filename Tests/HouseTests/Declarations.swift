/// One type or function that a file declares.
struct Declaration {
  var name: String
  var isType: Bool
  var isPackage: Bool
  var line: Int
  /// How many braces are open around it: 0 at the top of a file.
  var depth: Int
}

extension Declaration {
  /// The types and functions that a file declares, operators excepted.
  static func all(in tokens: Tokens) -> [Declaration] {
    let words = typeWords + ["func"]
    return words.flatMap { word in
      tokens.indices(of: word).compactMap { declaration(after: word, at: $0, in: tokens.all) }
    }
    .sorted { $0.line < $1.line }
  }

  private static func declaration(
    after word: String, at index: Int, in all: [Tokens.Token]
  ) -> Declaration? {
    let rest = all[(index + 1)...].prefix(2).drop { $0.text == "`" }
    guard let name = rest.first, name.text.first?.isLetter == true,
      !modifiers.contains(name.text), index == 0 || all[index - 1].text != "."
    else { return nil }
    let before = all[..<index].reversed().prefix { modifiers.contains($0.text) }
    return Declaration(
      name: name.text, isType: word != "func", isPackage: before.contains { $0.text == "package" },
      line: all[index].line, depth: all[index].depth)
  }

  private static let typeWords = ["struct", "enum", "class", "actor", "protocol", "typealias"]
  private static let modifiers: Set = [
    "package", "public", "internal", "private", "fileprivate", "static", "final", "mutating",
    "nonmutating", "indirect", "nonisolated", "borrowing", "consuming", "override", "class", "func",
    "var", "let", "init", "prefix", "postfix",
  ]
}
