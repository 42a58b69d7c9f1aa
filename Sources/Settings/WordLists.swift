import Vocabulary

/// The word lists beside the rules, `Rules/lists/NAME.txt` (词表); each is read once. A few come with
/// the program, and a file of the same name takes their place.
final class WordLists {
  private let folder: String
  private let names: [String]
  private let findings: Findings
  private var read: [String: [String]] = [:]

  init(beside rules: String, findings: Findings) {
    folder = FilePath.file("lists", in: rules)
    names = (FilePath.names(in: folder) ?? []).filter { $0.hasSuffix(".txt") }
      .map { String($0.dropLast(4)) }
    self.findings = findings
  }

  /// The words of a list that a rule names; nil, with a finding at the rule, where there is none.
  func words(of name: String, for value: Value) -> [String]? {
    guard names.contains(name) else {
      if let words = ContextLists.words[name] { return words }
      return value.refuse(
        Phrase(
          zh: "没有词表“\(name)”（应为 \(folder)/\(name).txt）",
          en: "no word list \"\(name)\", which would be \(folder)/\(name).txt")
          + NearestWord.hint(name, among: names + ContextLists.words.keys.sorted()))
    }
    if let known = read[name] { return known }
    let path = FilePath.file(name + ".txt", in: folder)
    let words = Manuscript.open(path, findings: findings).map(spelledOut) ?? []
    read[name] = words
    return words
  }

  private func spelledOut(_ file: Manuscript) -> [String] {
    var (words, seen) = ([String](), Set<String>())
    for line in WordLists.lines(of: file.text) {
      let word = WordLists.trimmed(line)
      guard !word.isEmpty, word.utf8.first != UInt8(ascii: "#"), seen.insert(word).inserted
      else { continue }
      words.append(word)
    }
    if words.isEmpty {
      findings.error(
        at: Place(file: file.path, line: 1, column: 1),
        Phrase(zh: "词表里一个词也没有", en: "the list holds no word"))
    }
    return words
  }

  /// The lines of a list. A list may hold 100,000 words, so where nothing but the ordinary ends of
  /// lines stands in it, it is parted by bytes.
  private static func lines(of text: String) -> [Substring] {
    let isOrdinary = text.utf8.allSatisfy { byte in
      byte >= 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
    guard isOrdinary, !text.unicodeScalars.contains(where: isRareLineEnd) else {
      return text.split(whereSeparator: \.isNewline)
    }
    return text.utf8.split { $0 == 0x0A || $0 == 0x0D }.map { Substring($0) }
  }

  private static func isRareLineEnd(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0x85 || scalar.value == 0x2028 || scalar.value == 0x2029
  }

  private static func trimmed(_ line: Substring) -> String {
    // Most begin and end with an ideograph.
    if let first = line.unicodeScalars.first, let last = line.unicodeScalars.last,
      (0x4E00...0x9FFF).contains(first.value), (0x4E00...0x9FFF).contains(last.value)
    {
      return String(line)
    }
    var line = line.drop(while: \.isWhitespace)
    while line.last?.isWhitespace == true { line.removeLast() }
    return String(line)
  }
}

extension Form where Result == String {
  /// One word of a list, which in brackets and without quotes holds no full-width comma.
  static var word: Form {
    let expected = Phrase(zh: "一个词", en: "a word")
    return Form { value in
      guard let word = value.words(expected: expected) else { return nil }
      guard word.isOneLine else { return value.refuse(expected: expected) }
      guard value.isPlain, value.isInBrackets, let fault = FullWidth.comma(in: word) else {
        return word
      }
      return value.refuse(fault)
    }
  }
}

extension Form where Result == [String] {
  /// Words, those of the lists they name among them.
  static func words(_ lists: WordLists) -> Form {
    Form { value in
      guard let elements = Form<[[String]]>.some(of: .wordOrList(lists)).read(value) else {
        return nil
      }
      var seen: Set<String> = []
      return elements.joined().filter { seen.insert($0).inserted }
    }
  }

  /// One word, or the words of the list it names.
  static func wordOrList(_ lists: WordLists) -> Form {
    Form { value in
      guard let word = Form<String>.word.read(value) else { return nil }
      return word.hasPrefix("@") ? lists.words(of: String(word.dropFirst()), for: value) : [word]
    }
  }
}
