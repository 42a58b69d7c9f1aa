import Testing
import Vocabulary

@testable import Judging

/// A place of a pattern.
private struct Found: Hashable, Comparable {
  var pattern: Int
  var run: Range<Int>

  static func < (left: Found, right: Found) -> Bool {
    (left.pattern, left.run.lowerBound) < (right.pattern, right.run.lowerBound)
  }
}

/// The oracle: each pattern asked by itself, with nothing that could keep it from being asked. A lone
/// `q`, which no text here has, is an alternative that no atom announces.
private struct EachByItself {
  private let patterns: [Patterns]

  init(_ patterns: [String]) {
    self.patterns = patterns.map { Patterns(["(?:\($0))|q"]) }
  }

  func found(in text: FoldedText) -> [Found] {
    patterns.enumerated().flatMap { number, pattern in
      var found: [Found] = []
      pattern.scan(text, atoms: []) { _, run in
        found.append(Found(pattern: number, run: run))
        return true
      }
      return found
    }
  }
}

/// The patterns of a rule book, as it looks for them.
private struct Together {
  private let lexicon: Lexicon

  init(_ patterns: [String]) {
    var rule = Rule.sample("r", any: ["停水", "孩子"])
    rule.condition.patterns = patterns
    lexicon = Lexicon(.sample(rule))
  }

  func found(in text: FoldedText) -> [Found] {
    var found: [Found] = []
    lexicon.scan(text) { word, run in
      let number = Int(word) - lexicon.automaton.wordCount
      if number >= 0 { found.append(Found(pattern: number, run: run)) }
      return true
    }
    return found.sorted()
  }
}

@Suite struct `Patterns that are asked only where their atoms are` {
  @Test(arguments: 1...12)
  func `find what each finds by itself`(seed: Int) {
    var dice = Dice(state: UInt64(seed))
    let patterns = Array(Set((0..<30).map { _ in Grammar.pattern(&dice) })).sorted()
      .filter { Judge.fault(inPattern: $0) == nil }
    let (together, alone) = (Together(patterns), EachByItself(patterns))
    for _ in 0..<40 {
      let text = FoldedText(Grammar.text(&dice))
      #expect(together.found(in: text) == alone.found(in: text), "\(text.codes)")
    }
  }

  @Test(arguments: [
    ("kms", "走了３０ＫＭＳ"), ("kms", "30\u{212A}ms"), ("kms", "km\u{17F}"), ("ＫＭ", "km"),
    ("Åb", "å\u{42}"), ("straße|学校", "STRA\u{1E9E}E"), ("σας", "ΣΑΣ"), ("停水", "停－水"), ("斷水", "断水"),
    ("[a-z]{3}", "abc"), (".{2}水", "停了水"), ("水$", "停水"), ("^停", "停水"), ("\\d+户", "５０户"),
    ("(停|断)?水", "水"), ("(?:停.*){2}水", "停了又停，没有水"), ("𠮷野", "去𠮷野家"), ("㈠条", "一条"),
  ])
  func `find it in whatever letters a text has it`(pattern: String, text: String) {
    let text = FoldedText(text)
    let alone = EachByItself([pattern]).found(in: text)
    #expect(Together([pattern, "[甲乙]丙"]).found(in: text) == alone)
    #expect(!alone.isEmpty)
  }

  @Test func `are none where a text has no atom of theirs`() {
    #expect(Together(["(孩子|老人)走失", "[丁戊]己"]).found(in: FoldedText("路灯坏了")).isEmpty)
  }
}

/// Patterns and texts of few words, so that they meet often.
private enum Grammar {
  private static let words = ["停水", "断电", "孩子", "老人", "走失", "水", "户", "a", "abc", "三天", "。"]
  private static let gaps = [".{0,3}", "[^。]{0,4}", ".*", "[了的]?", "\\d*", "[一二三四五六七八九十百千]", "."]

  static func pattern(_ dice: inout Dice, depth: Int = 0) -> String {
    switch Int.random(in: 0..<(depth < 3 ? 8 : 2), using: &dice) {
    case 0, 1: return words.randomElement(using: &dice) ?? "水"
    case 2:
      let some = (0..<Int.random(in: 2...5, using: &dice)).map { _ in
        pattern(&dice, depth: depth + 1)
      }
      return "(" + some.joined(separator: "|") + ")"
    case 3: return "(" + pattern(&dice, depth: depth + 1) + ")?"
    case 4: return "(" + pattern(&dice, depth: depth + 1) + "){1,2}"
    case 5: return (gaps.randomElement(using: &dice) ?? "") + pattern(&dice, depth: depth + 1)
    default:
      return pattern(&dice, depth: depth + 1) + (gaps.randomElement(using: &dice) ?? "")
        + pattern(&dice, depth: depth + 1)
    }
  }

  static func text(_ dice: inout Dice) -> String {
    let fillers = ["了", "的", "5", "，", "A", "村里", "五"]
    return (0..<Int.random(in: 0...12, using: &dice)).map { _ in
      ((Bool.random(using: &dice) ? words : fillers).randomElement(using: &dice) ?? "")
    }.joined()
  }
}
