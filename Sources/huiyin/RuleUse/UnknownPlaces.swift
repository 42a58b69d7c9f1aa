import Judging
import Vocabulary

/// Names that look like places and are none of the set-up's (未登记地名), from items whose place is not
/// known and from those that are ours by their feed alone.
///
/// A name is read back from the word for what it is (镇, 小区, 路) to the nearest character that no name
/// holds; so it is a proposal, to be looked at and written down by somebody who knows the place.
struct UnknownPlaces {
  /// One name, and where it was met.
  struct Proposal {
    var name: String
    /// In how many items.
    var count = 0
    /// In how many of them nothing else told the place.
    var unknown = 0
    /// Some alerts that were raised for them.
    var alerts: [Alert.ID] = []
  }

  private static let mostAlerts = 3

  private let known: Set<String>
  private var proposals: [String: Proposal] = [:]

  init(_ book: RuleBook) {
    known = Set(
      book.places.flatMap { [$0.name] + $0.aliases } + book.area + Division.all.map(\.name))
  }

  /// The most frequent first.
  var found: [Proposal] {
    proposals.values.sorted {
      ($0.count, $0.unknown, $1.name) > ($1.count, $1.unknown, $0.name)
    }
  }

  /// Takes in an item with what was found of its place. An allegation's words stay where they are.
  mutating func take(_ item: Item, _ found: Explanation, alert: Alert.ID?) {
    guard found.verdict.kind != .conduct, mayTell(found) else { return }
    let isUnknown = found.verdict.ground == .unknown
    for name in Self.names(in: item.title + "\n" + item.body) where !isKnown(name) {
      var proposal = proposals[name] ?? Proposal(name: name)
      proposal.count += 1
      proposal.unknown += isUnknown ? 1 : 0
      if let alert, proposal.alerts.count < Self.mostAlerts { proposal.alerts.append(alert) }
      proposals[name] = proposal
    }
  }

  /// Whether a rule has graded it, and either nobody knows its place or only its feed tells it.
  private func mayTell(_ found: Explanation) -> Bool {
    guard found.matches.contains(where: { $0.grade > .none }) else { return false }
    switch (found.verdict.ground, found.locating.origin) {
    case (.unknown, _), (.ours, .ours): return true
    case (.ours, .another), (.ours, .open), (.another, _), (.above, _): return false
    }
  }

  private func isKnown(_ name: String) -> Bool {
    known.contains(name) || known.contains(String(name.dropFirst()))
  }

  /// What looks like a place's name in a text, each once.
  static func names(in text: String) -> Set<String> {
    let characters = Array(text)
    var names: Set<String> = []
    for suffix in kinds {
      let places = characters.indices.filter { characters[$0...].starts(with: suffix) }
      for at in places {
        if let name = name(before: at, in: characters) {
          names.insert(name + String(suffix))
        }
      }
    }
    // 青溪花园小区 holds 青溪花园.
    return names.filter { name in
      !names.contains { $0 != name && $0.hasPrefix(name) && $0.count - name.count <= 2 }
    }
  }

  private static func name(before end: Int, in text: [Character]) -> String? {
    var start = end
    while start > 0, end - start < longest, isOfName(text[start - 1]) { start -= 1 }
    let name = String(text[start..<end])
    return name.count >= fewest && !words.contains(name) ? name : nil
  }

  private static func isOfName(_ character: Character) -> Bool {
    guard let scalar = character.unicodeScalars.first else { return false }
    return (0x4E00...0x9FFF).contains(scalar.value) && !stops.contains(character)
  }

  private static let longest = 5

  /// How many characters stand before what a place is called after.
  private static let fewest = 2

  /// What a place is called after.
  private static let kinds: [[Character]] = [
    "街道", "社区", "小区", "花园", "新村", "家园", "公寓", "大道", "镇", "乡", "村", "路", "街", "苑",
  ].map(Array.init)

  /// What a name does not hold: small words, what stands before one, and what another place ends with.
  private static let stops = Set(
    "的了在于到从是我你他她它们和与及或住位有这那该本某全各每个一二两三四五六七八九十百几多新老旧同邻附近省市县区镇乡"
      + "村街道路号栋楼幢室门口来去往向对把被给让请问说因为由经过至，。上下里内外前后边旁也都就还又很不没无可能要会"
      + "想用等时年月日天条处名户家人")

  private static let words: Set = [
    "自然", "行政", "回家", "高速公", "公共", "水泥", "柏油", "步行", "商业", "安置", "回迁",
    "封闭", "美丽", "贫困", "物业", "住宅", "高档", "居民", "开发", "城中", "新农",
    "社会主义新农", "公交线", "公交车线", "交叉", "部分", "普通", "当地", "泥巴", "断头",
    "公交", "公交车", "修水泥", "导致", "影响", "严重影响", "进入", "引起", "拥堵", "代表",
    "进出", "群众", "高速", "红绿灯", "电力线", "解决", "国城", "民政府城", "级公", "以及",
    "需要", "整个", "很多", "许多", "部份", "县乡", "乡间", "乡村", "丘陵", "机耕", "柏油马",
    "水泥马", "建设", "施工", "维修",
  ]
}
