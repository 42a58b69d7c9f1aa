import Crypto
import Vocabulary

extension RuleBook {
  /// The rules of an office under the version that their content gives.
  init(_ rules: [Rule], places: [Locality], area: [String], defaultUnit: UnitName?) {
    var rendering = Rendering()
    rendering.add(rules: rules, places: places.map(\.name), defaultUnit: defaultUnit)
    rendering.add(places, in: area)
    self.init(
      version: rendering.version, rules: rules, places: places, area: area,
      defaultUnit: defaultUnit)
  }
}

/// Everything that decides a verdict, written in one way whatever the files look like (规则集版本).
///
/// Each part is written with its length before it, so that no two rule books come out alike. Names
/// of rules, comments, files and lines stay out; which words a list held comes in.
private struct Rendering {
  private var bytes: [UInt8] = []

  var version: RuleBook.Version {
    let digest = SHA256.hash(data: bytes).prefix(6)
    let digits = Array("0123456789abcdef")
    return RuleBook.Version(
      rawValue: String(digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }))
  }

  mutating func add(rules: [Rule], places: [String], defaultUnit: UnitName?) {
    add("huiyin rules 1")
    add(list: places)
    add(defaultUnit?.rawValue)
    add("\(rules.count)")
    for rule in rules { add(rule) }
  }

  /// What came later of the places, each under its name, so that names alone keep their version.
  mutating func add(_ places: [Locality], in area: [String]) {
    if !area.isEmpty {
      add("area")
      add(list: area)
    }
    for place in places where place != Locality(place.name) {
      add("place")
      add(place.name)
      add(list: place.aliases)
      add(place.unit?.rawValue)
      add(place.parent)
    }
  }

  private mutating func add(_ rule: Rule) {
    add(rule.id.rawValue)
    add(rule.topic?.rawValue)
    add(rule.kind?.rawValue)
    add(rule.unit?.rawValue)
    add(list: rule.assist.map(\.rawValue))
    add(rule.grade.rawValue)
    add(rule.condition)
    add(list: rule.fields.map(\.rawValue).sorted())
    add("\(rule.raises.count)")
    for raise in rule.raises {
      add(raise.grade.rawValue)
      add(raise.condition)
    }
    add("\(rule.weight)")
    if rule.leads != .department { add("leads \(rule.leads.rawValue)") }
    if rule.isForAbove { add("above") }
    if rule.wantsOurs { add("place ours") }
  }

  private mutating func add(_ condition: Rule.Condition) {
    add(list: condition.any)
    add(list: condition.all)
    add(list: condition.none)
    add(list: condition.near?.words ?? [])
    add(condition.near.map { "\($0.within)" })
    addRest(of: condition)
  }

  /// What came later, each under its name, so that rules without it keep their version.
  private mutating func addRest(of condition: Rule.Condition) {
    if let count = condition.count {
      add("count")
      add(list: count.of)
      add("\(count.atLeast)")
    }
    if !condition.patterns.isEmpty {
      add("pattern")
      add(list: condition.patterns)
    }
    for context in condition.contexts {
      add("not_after")
      add(list: context.words)
      add("\(context.within)")
    }
    for group in condition.groups {
      add("group \(group.part.rawValue)")
      add(group.condition)
      add("end")
    }
  }

  private mutating func add(list: [String]) {
    add("\(list.count)")
    for word in list { add(word) }
  }

  private mutating func add(_ text: String?) {
    guard let text else {
      bytes.append(UInt8(ascii: "-"))
      return
    }
    add(number: text.utf8.count)
    bytes.append(UInt8(ascii: ":"))
    bytes += text.utf8
  }

  /// A length in decimal digits, without a string made for it: there are as many as words.
  private mutating func add(number: Int) {
    if number >= 10 { add(number: number / 10) }
    bytes.append(UInt8(ascii: "0") + UInt8(number % 10))
  }
}
