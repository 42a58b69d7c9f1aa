import Storage
import Vocabulary

/// The use of rules as `rules --json` prints it.
struct RuleUseLine: Encodable {
  struct UseLine: Encodable {
    var rule: String
    var name: String
    var file: String
    var line: Int
    var hits: Int
    var byDay: [Int]
    var led: Int
    var alerts: Int
    var confirmed: Int
    var falseAlarms: Int
    var nearMisses: Int
    /// Words that kept it from matching by their absence, with how often.
    var missing: [String: Int]
    /// Exclusions and contexts that stopped it, with how often.
    var exclusions: [String: Int]
    var deadWords: [String]
  }

  struct OverlapLine: Encodable {
    var rule: String
    var with: String
    var together: Int
    var hits: Int
    var shadowed: Bool
    var mutual: Bool
  }

  struct PickLine: Encodable {
    var item: String
    var url: String
    var title: String
    var nearly: [String]
  }

  /// A name that looks like a place and is not in `places`.
  struct PlaceLine: Encodable {
    var name: String
    var items: Int
    var unknown: Int
    var alerts: [String]
  }

  var items: Int
  var since: String
  var ruleBook: String
  var rules: [UseLine]
  var overlaps: [OverlapLine]
  var sample: [PickLine]
  var places: [PlaceLine]

  init(_ use: RuleUse, since: String) {
    items = use.count
    self.since = since
    ruleBook = use.ruleBook.rawValue
    rules = use.uses.map { use in
      UseLine(
        rule: use.rule.id.rawValue, name: use.rule.name, file: use.rule.place.file,
        line: use.rule.place.line, hits: use.hits, byDay: use.byDay, led: use.led,
        alerts: use.marks.values.reduce(0, +), confirmed: use.marks[.confirmed] ?? 0,
        falseAlarms: use.marks[.falseAlarm] ?? 0, nearMisses: use.nearMisses,
        missing: use.missing, exclusions: use.exclusions, deadWords: use.deadWords)
    }
    overlaps = use.overlaps.map {
      OverlapLine(
        rule: $0.rule.rawValue, with: $0.with.rawValue, together: $0.together, hits: $0.hits,
        shadowed: $0.isShadowed, mutual: $0.isMutual)
    }
    places = use.unknownPlaces.found.map {
      PlaceLine(
        name: $0.name, items: $0.count, unknown: $0.unknown, alerts: $0.alerts.map(\.description))
    }
    sample = use.sample.picks.map {
      PickLine(
        item: $0.item.id.rawValue, url: $0.item.url, title: $0.item.title,
        nearly: $0.nearly.map(\.rule.rawValue))
    }
  }
}
