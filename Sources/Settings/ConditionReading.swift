import Vocabulary

extension Section {
  /// What must be there, and must not; it must ask for something.
  func condition(_ frame: RuleFrame, depth: Int = 0) -> Rule.Condition {
    let words = Form<[String]>.words(frame.lists)
    var condition = Rule.Condition()
    for part in Rule.Group.Part.allCases {
      let terms = read(part.rawValue, .some(of: .term(frame, depth: depth))) ?? []
      let own = distinct(terms.map(\.words).filter { !$0.isEmpty })
      switch part {
      case .any: condition.any = own
      case .all: condition.all = own
      case .none: condition.none = own
      }
      condition.groups += terms.compactMap(\.group).map { Rule.Group(part, $0) }
    }
    condition.near = read("near", .near(words))
    condition.count = read("count", .count(words))
    condition.contexts = read("not_after", .contexts(frame.lists)) ?? []
    let pattern = Form<String>.pattern(frame)
    condition.patterns =
      read("pattern", .scalar(pattern.map { [$0] }, otherwise: .some(of: pattern))) ?? []
    if !["any", "all", "near", "pattern", "count"].contains(where: has) {
      findings.error(
        at: place,
        Phrase(
          zh: "没有条件：至少要有 any、all、near、count、pattern 之一，否则条条信息都会命中",
          en: "no condition: any, all, near, count or pattern is needed, or every item would match")
      )
    }
    return condition
  }
}

/// The words of some lists, each once; a list by itself says no word twice.
private func distinct(_ lists: [[String]]) -> [String] {
  guard lists.count > 1 else { return lists.first ?? [] }
  var seen = Set<String>(minimumCapacity: lists.reduce(0) { $0 + $1.count })
  return lists.joined().filter { seen.insert($0).inserted }
}

/// One of the things that a part of a condition asks for: words, or a condition of its own.
private enum RuleTerm {
  case words([String])
  case group(Rule.Condition)

  var words: [String] {
    switch self {
    case .words(let words): words
    case .group: []
    }
  }

  var group: Rule.Condition? {
    switch self {
    case .words: nil
    case .group(let condition): condition
    }
  }
}

extension Form where Result == RuleTerm {
  /// How deep groups may stand in each other; nobody reads deeper.
  private static var deepest: Int { 3 }

  fileprivate static func term(_ frame: RuleFrame, depth: Int) -> Form {
    let words = Form<[String]>.wordOrList(frame.lists).map(RuleTerm.words)
    return .scalar(
      words,
      otherwise: Form { value in
        guard value.isSection else { return words.read(value) }
        guard depth < deepest else {
          return value.refuse(
            Phrase(zh: "条件组最多套 \(deepest) 层", en: "groups stand at most \(deepest) deep"))
        }
        guard let section = value.section() else { return nil }
        let condition = section.condition(frame, depth: depth + 1)
        section.close()
        return .group(condition)
      })
  }
}

extension Form where Result == String {
  /// A regular expression. One that is right and hardly meant so is warned about.
  fileprivate static func pattern(_ frame: RuleFrame) -> Form {
    let text = Form { value in
      Form<String>.text.read(value).flatMap { spelledOut($0, frame.lists, for: value) }
    }
    return Form { value in
      let words = text.unless(frame.checks.pattern).read(value)
      // (i?) is an i that may be absent; (?i) was meant, and is not needed.
      if let words, ["(i?)", "(s?)", "(m?)"].contains(where: words.contains) {
        value.findings.warning(
          at: value.place,
          Phrase(
            zh: "“(i?)”是可有可无的字母 i；若想不分大小写，不必写，本来就不分",
            en: "\"(i?)\" is an i that may be absent; letters of either case match anyhow"))
      }
      return words
    }
  }

  /// A pattern in which each `{@name}` stands for any one word of that list, so that who may be hurt
  /// or what may burn is said in one place for all patterns.
  private static func spelledOut(
    _ pattern: String, _ lists: WordLists, for value: Value
  ) -> String? {
    var (rest, spelled) = (pattern[...], "")
    while let start = rest.firstRange(of: "{@") {
      guard let end = rest[start.upperBound...].firstIndex(of: "}") else { break }
      guard let words = lists.words(of: String(rest[start.upperBound..<end]), for: value)
      else { return nil }
      spelled += rest[..<start.lowerBound] + "(?:" + words.map(quoted).joined(separator: "|") + ")"
      rest = rest[rest.index(after: end)...]
    }
    return spelled + rest
  }

  /// A word as a pattern that means just that word.
  private static func quoted(_ word: String) -> String {
    var quoted = String.UnicodeScalarView()
    for scalar in word.unicodeScalars {
      let isMark =
        scalar.isASCII && !scalar.properties.isAlphabetic && !("0"..."9").contains(scalar)
      if isMark { quoted.append("\\") }
      quoted.append(scalar)
    }
    return String(quoted)
  }
}

extension Form where Result == Rule.Count {
  fileprivate static func count(_ words: Form<[String]>) -> Form {
    Form { value in
      guard let section = value.section() else { return nil }
      let of = section.require("of", words)
      let least = section.require("at_least", .number(1...100_000_000))
      section.close()
      guard let of, let least else { return nil }
      return Rule.Count(of: of, atLeast: least)
    }
  }
}

extension Form where Result == [Rule.Context] {
  /// Words, and words with how far they reach.
  fileprivate static func contexts(_ lists: WordLists) -> Form {
    let word = Form<[String]>.wordOrList(lists).map { Rule.Context(words: $0) }
    return Form { value in
      Form<[Rule.Context]>.some(of: .scalar(word, otherwise: .context(.words(lists)))).read(value)
    }
  }
}

extension Form where Result == Rule.Context {
  fileprivate static func context(_ words: Form<[String]>) -> Form {
    Form { value in
      guard let section = value.section() else { return nil }
      let list = section.require("words", words)
      let within = section.require("within", .number(0...100))
      section.close()
      guard let list, let within else { return nil }
      return Rule.Context(words: list, within: within)
    }
  }
}

extension Form where Result == Rule.Near {
  fileprivate static func near(_ words: Form<[String]>) -> Form {
    Form { value in
      guard let section = value.section() else { return nil }
      let list = section.require("words", words.unless { $0.count < 2 ? atLeastTwo : nil })
      let within = section.require("within", .number(0...1000))
      section.close()
      guard let list, let within else { return nil }
      return Rule.Near(words: list, within: within)
    }
  }

  private static var atLeastTwo: Phrase {
    Phrase(zh: "near 至少要两个词", en: "near needs two words at least")
  }
}
