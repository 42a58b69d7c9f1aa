import Storage
import Vocabulary

/// The use of rules as a person reads it in 80 columns.
struct RuleUseSheet {
  let use: RuleUse
  let since: WallTime
  let isWhole: Bool
  let office: Office

  /// How many are named where `--all` is not asked for.
  private static let mostRules = 30
  private static let mostNamed = 15

  private var language: Language { office.language }

  var lines: [String] {
    let parts = [head, table, dead, deadWords, overlaps, nearMisses, places, sample]
    return Array(parts.filter { !$0.isEmpty }.joined(separator: [""]))
  }

  private var head: [String] {
    [
      Phrase(
        zh: "\(office.short(since)) 起 \(use.count) 条存量信息，按现行规则 \(use.ruleBook) 研判",
        en: "\(use.count) items kept since \(office.short(since)), by the rules in force, "
          + "\(use.ruleBook)")[language]
    ]
  }

  // MARK: Rules

  private var table: [String] {
    let met = use.uses.filter { $0.hits > 0 }.sorted {
      ($0.hits, $1.rule.id.rawValue) > ($1.hits, $0.rule.id.rawValue)
    }
    guard !met.isEmpty else { return [] }
    let shown = isWhole ? met : Array(met.prefix(Self.mostRules))
    let names = [
      Phrase(zh: "规则", en: "rule"), Phrase(zh: "命中", en: "hits"), Phrase(zh: "主导", en: "led"),
      Phrase(zh: "预警", en: "alerts"), Phrase(zh: "误报", en: "false"), Phrase(zh: "属实率", en: "right"),
    ].map { $0[language] }
    let lastDays = Phrase(zh: "近14天", en: "14 days")[language]
    return [row(names[0], Array(names.dropFirst()), lastDays)]
      + shown.map { row($0.rule.id.rawValue, cells(of: $0), bars($0.byDay)) }
      + more(met.count - shown.count)
  }

  private func cells(of use: RuleUse.Use) -> [String] {
    let alerts = use.marks.values.reduce(0, +)
    let (right, wrong) = (use.marks[.confirmed] ?? 0, use.marks[.falseAlarm] ?? 0)
    let share = right + wrong == 0 ? "—" : "\((right * 200 / (right + wrong) + 1) / 2)%"
    return ["\(use.hits)", "\(use.led)", "\(alerts)", "\(wrong)", share]
  }

  private func row(_ name: String, _ cells: [String], _ bars: String) -> String {
    let widths = [8, 8, 8, 8, 8]
    let padded = zip(cells, widths).map { $0.rightAligned($1) }
    return (Terminal.fit(name, 24) + padded.joined() + "  " + bars).trimmed
  }

  /// Fourteen days as blocks, each as high as its share of the highest.
  private func bars(_ byDay: [Int]) -> String {
    let days = byDay.suffix(14)
    let blocks = Array("▁▂▃▄▅▆▇█")
    let most = max(1, days.max() ?? 1)
    return String(days.map { $0 == 0 ? "·" : blocks[min(7, $0 * 8 / (most + 1))] })
  }

  // MARK: What is not there

  private var dead: [String] {
    named(
      Phrase(zh: "一条也没有命中的规则", en: "Rules that met nothing"),
      use.dead.map(\.rule.id.rawValue), behind: use.dead.count)
  }

  private var deadWords: [String] {
    let found = use.uses.filter { $0.hits > 0 && !$0.deadWords.isEmpty }
    guard !found.isEmpty else { return [] }
    let title = Phrase(zh: "有命中的规则里从未出现的词", en: "Words never met, of rules that were")
    let shown = isWhole ? found : Array(found.prefix(Self.mostNamed))
    return [title[language] + "（\(found.reduce(0) { $0 + $1.deadWords.count })）"]
      + shown.flatMap { use -> [String] in
        let words = isWhole ? use.deadWords : Array(use.deadWords.prefix(8))
        let rest = use.deadWords.count - words.count
        let tail = rest > 0 ? "……+\(rest)" : ""
        return Terminal.folded(
          Terminal.plain("\(use.rule.id)：\(words.joined(separator: "、"))\(tail)"), indent: 2,
          hanging: 4)
      } + more(found.count - shown.count)
  }

  private var overlaps: [String] {
    let found = use.overlaps
    guard !found.isEmpty else { return [] }
    let shown = isWhole ? found : Array(found.prefix(Self.mostNamed))
    return [
      Phrase(zh: "总是一起命中，或从不起作用的规则", en: "Rules that always come together, or decide nothing")[
        language]
    ]
      + shown.flatMap { overlap in
        let (zh, en) =
          overlap.isShadowed
          ? (
            "\(overlap.rule) 的 \(overlap.hits) 次命中全被 \(overlap.with) 盖过",
            "\(overlap.rule): in all \(overlap.hits) hits \(overlap.with) leads"
          )
          : (
            "\(overlap.rule) 与 \(overlap.with)：\(overlap.together)/\(overlap.hits) 次一起命中",
            "\(overlap.rule) and \(overlap.with): \(overlap.together) of \(overlap.hits) together"
          )
        return Terminal.folded(Phrase(zh: zh, en: en)[language], indent: 2, hanging: 4)
      } + more(found.count - shown.count)
  }

  private var nearMisses: [String] {
    let found = use.uses.filter { $0.nearMisses > 0 }
      .sorted { ($0.nearMisses, $1.rule.id.rawValue) > ($1.nearMisses, $0.rule.id.rawValue) }
    guard !found.isEmpty else { return [] }
    let shown = isWhole ? found : Array(found.prefix(Self.mostNamed))
    return [
      Phrase(zh: "险些命中（只差一处，或被排除）", en: "Near misses (one word short, or excluded)")[language]
    ]
      + shown.flatMap { use -> [String] in
        let short = Phrase(zh: "差", en: "short of")[language]
        let out = Phrase(zh: "被排除于", en: "excluded by")[language]
        let parts = [(short, top(use.missing)), (out, top(use.exclusions))]
          .filter { !$0.1.isEmpty }.map { "\($0.0) \($0.1)" }
        return Terminal.folded(
          Terminal.plain("\(use.rule.id) \(use.nearMisses)：\(parts.joined(separator: "；"))"),
          indent: 2, hanging: 4)
      } + more(found.count - shown.count)
  }

  private func top(_ words: [String: Int]) -> String {
    words.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(3)
      .map { "\($0.key) \($0.value)" }.joined(separator: "、")
  }

  // MARK: Places

  private var places: [String] {
    let found = use.unknownPlaces.found
    guard !found.isEmpty else { return [] }
    let shown = isWhole ? found : Array(found.prefix(Self.mostNamed))
    let title = Phrase(
      zh: "像地名、places 里没有的（属地不明，或只凭信源算本地；是本地的请补进 places）",
      en: "Names like places that are not in places (add those that are yours)")
    return Terminal.folded(title[language], indent: 0, hanging: 2)
      + shown.flatMap { proposal in
        let numbers = proposal.alerts.map(\.description).joined(separator: " ")
        let told = Phrase(
          zh: "\(proposal.name) \(proposal.count)（属地不明 \(proposal.unknown)）\(numbers)",
          en: "\(proposal.name) \(proposal.count) (place unknown \(proposal.unknown)) \(numbers)")
        return Terminal.folded(Terminal.plain(told[language]), indent: 2, hanging: 4)
      } + more(found.count - shown.count)
  }

  // MARK: The sample

  private var sample: [String] {
    let picks = use.sample.picks
    guard !picks.isEmpty else { return [] }
    return [Phrase(zh: "本周请看：没有规则定级的信息", en: "This week's look: what no rule graded")[language]]
      + picks.flatMap { pick -> [String] in
        let near = pick.nearly.prefix(3).map(\.rule.rawValue).joined(separator: "、")
        let line = Terminal.row(
          indent: 2, [(text: office.short(pick.item.foundAt.wall), columns: 11)],
          Terminal.plain(pick.item.title))
        let why = Phrase(zh: "险些命中 \(near)", en: "nearly \(near)")[language]
        return [line] + (near.isEmpty ? [] : Terminal.folded(why, indent: 14, hanging: 14))
          + Terminal.folded(pick.item.url, indent: 14, hanging: 14)
      }
  }

  private func named(_ title: Phrase, _ names: [String], behind count: Int) -> [String] {
    guard !names.isEmpty else { return [] }
    let shown = isWhole ? names : Array(names.prefix(40))
    return ["\(title[language])（\(count)）"]
      + Terminal.folded(shown.joined(separator: " "), indent: 2, hanging: 2)
      + more(names.count - shown.count)
  }

  private func more(_ count: Int) -> [String] {
    count > 0
      ? [
        "  "
          + Phrase(zh: "……另有 \(count) 项（--all 全部列出）", en: "… and \(count) more (--all)")[language]
      ]
      : []
  }
}
