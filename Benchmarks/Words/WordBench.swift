internal import Foundation
internal import Judging
internal import Settings
internal import Vocabulary

/// Looks for words in texts and says what it cost, as one line of JSON; times are seconds of CPU of
/// the one thread. The files hold texts, or words, with a zero byte behind each.
///
///     word-bench fold TEXTS OUT               the texts as words are looked for in them
///     word-bench scan TEXTS WORDS PASSES      folding, and all places of all words
///     word-bench judge TEXTS WORDS RULES PASSES   whole judging, by so many rules of these words
///     word-bench book TEXTS SETUP PASSES      the same by the rules of a set-up, which is read first
@main
enum WordBench {
  static func main() throws {
    let words = Array(CommandLine.arguments.dropFirst())
    switch (words.first, words.count) {
    case ("fold", 3): try fold(words[1], to: words[2])
    case ("scan", 4): try scan(words[1], words[2], passes: Int(words[3]) ?? 1)
    case ("book", 4): try judge(words[1], by: words[2], passes: Int(words[3]) ?? 1)
    case ("judge", 5):
      try judge(words[1], words[2], rules: Int(words[3]) ?? 1, passes: Int(words[4]) ?? 1)
    default:
      let usage =
        "word-bench fold TEXTS OUT | scan TEXTS WORDS PASSES | judge TEXTS WORDS RULES PASSES"
        + " | book TEXTS SETUP PASSES\n"
      FileHandle.standardError.write(Data(usage.utf8))
      exit(2)
    }
  }

  private static func fold(_ path: String, to out: String) throws {
    var folded = Data()
    for text in try texts(path) {
      var view = String.UnicodeScalarView()
      let text = FoldedText(text)
      view.append(contentsOf: text.codes.prefix(text.count).compactMap(Unicode.Scalar.init))
      folded.append(contentsOf: String(view).utf8)
      folded.append(0)
    }
    try folded.write(to: URL(filePath: out))
  }

  private static func scan(_ path: String, _ words: String, passes: Int) throws {
    let (texts, words) = (try texts(path), try texts(words))
    let (build, automaton) = timed { KeywordAutomaton(words) }
    var lines = ["\"build\": \(build)", "\"words\": \(automaton.wordCount)"]
    var folding: [Double] = []
    var scanning: [Double] = []
    var (hits, steps) = (0, 0)
    for _ in 0...passes {
      (hits, steps) = (0, 0)
      let (fold, folded) = timed { texts.map { FoldedText($0) } }
      let (scan, _) = timed {
        for text in folded { steps += automaton.scan(text) { _, _ in hits += 1 } }
      }
      folding.append(fold)
      scanning.append(scan)
    }
    lines += ["\"hits\": \(hits)", "\"steps\": \(steps)"]
    // The first pass warms the caches and counts for nothing.
    lines += ["\"fold\": \(folding.dropFirst())", "\"scan\": \(scanning.dropFirst())"]
    print("{" + lines.joined(separator: ", ") + "}")
  }

  private static func judge(_ path: String, _ words: String, rules: Int, passes: Int) throws {
    let words = try texts(words)
    let items = try texts(path).map(item)
    let book = book(of: rules, words)
    let (build, judge) = timed { Judge(book) }
    tell(judge, of: items, passes: passes, ["\"build\": \(build)"])
  }

  private static func judge(_ path: String, by setup: String, passes: Int) throws {
    let checks = Checks(
      now: WallTime(seconds: 1_772_413_380), selector: { _ in nil },
      pattern: { Judge.fault(inPattern: $0) })
    let (read, outcome) = try timed { try Settings.read(setup, checks: checks) }
    guard let book = outcome.setup?.ruleBook else {
      for diagnostic in outcome.diagnostics { print(diagnostic.line(in: .en)) }
      exit(1)
    }
    let (build, judge) = timed { Judge(book) }
    tell(
      judge, of: try texts(path).map(item), passes: passes,
      ["\"read\": \(read)", "\"build\": \(build)"])
  }

  private static func tell(_ judge: Judge, of items: [Item], passes: Int, _ before: [String]) {
    var judging: [Double] = []
    var evidence = 0
    for _ in 0...passes {
      evidence = 0
      judging.append(
        timed {
          for item in items {
            evidence += judge.verdict(on: item, from: .ours(nil)).evidence.count
          }
        }.0)
    }
    let lines =
      before + [
        "\"evidence\": \(evidence)", "\"texts\": \(items.count)",
        "\"judge\": \(Array(judging.dropFirst()))",
      ]
    print("{" + lines.joined(separator: ", ") + "}")
  }

  /// Rules as offices write them: some words of which one is enough, and by turns an exclusion, words
  /// that stand close, contexts and a raise.
  private static func book(of count: Int, _ words: [String]) -> RuleBook {
    let each = max(1, words.count / max(1, count))
    let rules = (0..<count).map { number in
      let own = Array(
        words[min(words.count, number * each)..<min(words.count, (number + 1) * each)])
      let other = words[(number * 7 + 3) % words.count]
      var condition = Rule.Condition(any: own)
      if number % 2 == 0 { condition.none = [other] }
      if number % 4 == 1 { condition.contexts = [Rule.Context(words: ["万一", "演练"])] }
      var rule = Rule(
        id: Rule.ID(rawValue: "rule-\(number)"), name: "rule", grade: .general,
        condition: condition, place: Place(file: "rules.yaml", line: number + 1, column: 1))
      rule.topic = Topic(rawValue: "城乡建设")
      if number % 3 == 0 {
        let near = Rule.Near(words: [own.first ?? other, other], within: 12)
        rule.raises = [Rule.Raise(grade: .considerable, condition: Rule.Condition(near: near))]
      }
      return rule
    }
    return RuleBook(version: RuleBook.Version(rawValue: "0123456789ab"), rules: rules)
  }

  private static func item(_ text: String) -> Item {
    Item(
      id: Item.ID(rawValue: "item"), feed: Feed.ID(rawValue: "board"),
      url: "https://board.example/1", title: String(text.prefix(20)),
      body: String(text.dropFirst(20)),
      published: .absent,
      foundAt: Instant(wall: WallTime(seconds: 1_772_413_380), boot: "bench", sinceBoot: 0),
      basis: .full)
  }

  private static func texts(_ path: String) throws -> [String] {
    try Data(contentsOf: URL(filePath: path)).split(separator: 0)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private static func timed<Value>(_ work: () throws -> Value) rethrows -> (Double, Value) {
    let began = cpu()
    let value = try work()
    return (cpu() - began, value)
  }

  private static func cpu() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
