import Vocabulary

/// The words that a reply may open with (回复口令), and what they say.
///
/// Every mail prints them. A greeting before them, brackets around them and what follows them are
/// taken as people write them: `您好，【退回】不属我局职责`.
struct ReplyWords {
  /// What the opening of a reply says.
  enum Word: Hashable {
    case none
    case returned
    case mayBeReturn
    case question
    /// A word in a sentence that takes it back, or leaves it open.
    case unsure
    case assign(String)
    case regrade(String)
    case falseAlarm
    case phoned
    case release
    case close

    /// Whether it does something by itself that a doubtful sentence must not.
    var isWord: Bool {
      switch self {
      case .falseAlarm, .phoned, .release, .close: true
      case .none, .returned, .mayBeReturn, .question, .unsure, .assign, .regrade: false
      }
    }

    /// Whether it must stand by itself: 误报 is one, 误报率 is none.
    var standsAlone: Bool {
      switch self {
      case .falseAlarm, .release, .close: true
      case .none, .returned, .mayBeReturn, .question, .unsure, .assign, .regrade, .phoned: false
      }
    }
  }

  let word: Word
  /// What stands behind the word, which is why it is said; nil where nothing does.
  let reason: String?

  /// Reads the opening of what a person wrote.
  init(_ text: String) {
    let opening = ReplyWords.opening(of: text)
    guard let (word, rest) = ReplyWords.first(of: opening) else {
      word = ReplyWords.mayBeReturn(opening) ? .mayBeReturn : .none
      reason = nil
      return
    }
    let sentence = rest.prefix { !"。！!；;\n".contains($0) }
    let asks = sentence.contains { "？?吗".contains($0) }
    let doubts = ["不", "未", "没", "无人", "可能", "是否", "前"]
    let isOpen = word.isWord && doubts.contains { sentence.contains($0) }
    self.word = asks ? .question : isOpen ? .unsure : word
    let because = rest.drop { $0.isWhitespace || $0.isPunctuation || "【】「」".contains($0) }
    reason = because.isEmpty ? nil : String(because)
  }

  private static let plain: [(String, Word)] = [
    ("退回", .returned), ("误报", .falseAlarm), ("已电话通知", .phoned), ("签发", .release),
    ("同意签发", .release),
    ("办结", .close), ("已办结", .close), ("false alarm", .falseAlarm), ("return", .returned),
    ("phoned", .phoned), ("release", .release), ("close", .close),
  ]
  private static let assigning = ["改派", "assign"]
  private static let regrading = ["调级", "grade"]

  private static func first(of opening: Substring) -> (Word, rest: Substring)? {
    let folded = opening.lowercased()
    for (word, meaning) in plain where folded.hasPrefix(word) {
      let rest = opening.dropFirst(word.count)
      guard ends(word, before: rest) else { continue }
      guard !meaning.standsAlone || isOver(word, before: rest) else { return (.unsure, rest) }
      return (meaning, rest)
    }
    for word in assigning + regrading where folded.hasPrefix(word) {
      let rest = opening.dropFirst(word.count)
      guard ends(word, before: rest) else { continue }
      let (name, behind) = object(of: rest)
      return (assigning.contains(word) ? .assign(name) : .regrade(name), behind)
    }
    // 不属实 is a finding, and no return.
    guard folded.hasPrefix("不属"), !folded.hasPrefix("不属实") else { return nil }
    return (.returned, opening.dropFirst(2))
  }

  /// Whether a word that must stand by itself does: 误报率 and `close to` do not.
  private static func isOver(_ word: String, before rest: Substring) -> Bool {
    let isPlain = word.utf8.allSatisfy { $0 < 0x80 }
    let next = isPlain ? rest.first { $0 != " " } : rest.first
    return next.map { !$0.isLetter || "了吗".contains($0) } ?? true
  }

  /// A word of letters ends where no letter follows: `closely` is no `close`.
  private static func ends(_ word: String, before rest: Substring) -> Bool {
    guard word.utf8.allSatisfy({ $0 < 0x80 }) else { return true }
    return rest.first.map { !$0.isLetter } ?? true
  }

  /// `改派：区水务局，属供水范围` → `区水务局`, and what stands behind it.
  private static func object(of rest: Substring) -> (String, behind: Substring) {
    let begun = rest.drop { " 　\t:：到至给为成由【「“\"[(（".contains($0) }
    let name = begun.prefix { !" 　\t\n,，。.;；!！?？】」”\")）]、".contains($0) }
    return (String(name), begun[name.endIndex...])
  }

  private static let greetings = [
    "您好", "你好", "各位好", "领导好", "老师好", "同志", "值班室", "值班员", "收到", "回复", "答复", "编号", "关于", "hello",
    "hi",
  ]

  /// Where the words begin, behind greetings, brackets, marks and the number that they are about.
  private static func opening(of text: String) -> Substring {
    var rest = text[...]
    while true {
      rest = rest.drop { $0.isWhitespace || $0.isPunctuation || "【】「」".contains($0) }
      if let number = rest.prefixMatch(of: /20\d\d[-－—–‐−]\d{1,6}(号件|号|件)?/) {
        rest = rest[number.range.upperBound...]
        continue
      }
      let folded = rest.prefix(8).lowercased()
      guard let greeting = greetings.first(where: folded.hasPrefix),
        rest.dropFirst(greeting.count).first.map({ !$0.isLetter }) ?? false
      else { return rest }
      rest = rest.dropFirst(greeting.count)
    }
  }

  private static let disclaimers = [
    "退回", "不归我", "不归本", "非我局", "非我单位", "非我部门", "非我镇", "非我街道", "非我委", "非我办", "非本单位", "非本局",
    "不是我局", "不是我单位", "不是我部门", "不是我们单位", "不在我局", "不在我单位", "无管辖权", "不是我们的", "建议转", "请转",
    "not ours", "not our ",
  ]

  /// Whether the first lines say in other words that the matter is somebody else's.
  private static func mayBeReturn(_ opening: Substring) -> Bool {
    let head = opening.prefix(120).lowercased()
    guard !disclaimers.contains(where: head.contains) else { return true }
    var rest = head[...]
    while let found = rest.firstRange(of: "不属") {
      rest = rest[found.upperBound...]
      guard rest.hasPrefix("实") else { return true }
    }
    return false
  }
}
