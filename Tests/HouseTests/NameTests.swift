import Testing

/// Words that the glossary has a better one for; GLOSSARY.md says which. `article` is not looked
/// for: feeds have a kind of that name, and only a reader can tell it from an item.
private let unwanted: Set = [
  "severity", "priority", "level", "source", "site", "post", "entry", "record", "notification",
  "message", "job", "task", "manager", "helper", "util", "common", "base", "core", "handler",
  "processor", "data", "info",
]

/// Other people's names, which keep such a word wherever they stand in ours, each with its reason.
private let foreignNames: [String: String] = [
  "MessageID": "the header's name in RFC 5322"
]

/// Names that keep such a word, each with its reason.
private let exceptions: [String: String] = [
  "record": "the verb: a receipt is recorded"
]

/// The words of a camel-case name, in lower case: `PageRequest` is `page` and `request`.
private func words(of name: String) -> [String] {
  let letters = Array(name)
  var words: [String] = []
  for (index, letter) in letters.enumerated() {
    let before = index > 0 ? letters[index - 1] : "_"
    let after = index + 1 < letters.count ? letters[index + 1] : "_"
    let begins = letter.isUppercase && (!before.isUppercase || after.isLowercase)
    if begins || before == "_" || words.isEmpty { words.append("") }
    words[words.count - 1] += letter.lowercased()
  }
  return words
}

/// The unwanted words of a name, in the singular.
private func unwantedWords(in name: String) -> [String] {
  guard exceptions[name] == nil else { return [] }
  let own = foreignNames.keys.reduce(name) { rest, foreign in
    rest.replacing(foreign, with: "").replacing(foreign.lowercasedFirst, with: "")
  }
  return words(of: own).compactMap { word in
    unwanted.contains(word) ? word : unwanted.first { $0 + "s" == word }
  }
}

@Suite struct `Names` {
  @Test func `use the glossary's words`() {
    let bad = House.sources.flatMap { file in
      file.declarations.filter { !unwantedWords(in: $0.name).isEmpty }
        .map { "\(file.path):\($0.line) \($0.name)" }
    }
    #expect(bad.isEmpty)
  }

  @Test func `are excepted only while they exist`() {
    let names = Set(House.sources.flatMap(\.declarations).map(\.name))
    #expect(Set(exceptions.keys).subtracting(names).isEmpty)
    let unused = foreignNames.keys.filter { foreign in
      !names.contains { $0.contains(foreign) || $0.hasPrefix(foreign.lowercasedFirst) }
    }
    #expect(unused.isEmpty)
  }

  @Test(arguments: [
    ("JudgeManager", ["manager"]), ("processItem", []), ("httpInfo", ["info"]),
    ("HTTPTask", ["task"]), ("posts", ["post"]), ("baseline", []), ("entry", ["entry"]),
    ("firstMessageID", []), ("messageID", []), ("messageQueue", ["message"]),
  ])
  func `are read word by word`(name: String, found: [String]) {
    #expect(unwantedWords(in: name) == found)
  }
}

extension String {
  /// As a name begins that is no type: `messageID`.
  fileprivate var lowercasedFirst: String {
    prefix(1).lowercased() + dropFirst()
  }
}
