import Judging
import Vocabulary

/// Where rules of these tests pretend to stand.
private let nowhere = Place(file: "Rules/sample.yaml", line: 3, column: 5)

extension Rule {
  /// A rule of an invented rule book.
  static func sample(
    _ id: String, _ grade: Grade = .general, any: [String] = [], all: [String] = [],
    none: [String] = [], near: Near? = nil, raises: [Raise] = [], topic: String? = nil,
    kind: Kind? = nil, unit: String? = nil, assist: [String] = [], weight: Int = 1,
    fields: Set<Field> = [.title, .body]
  ) -> Rule {
    var rule = Rule(
      id: ID(rawValue: id), name: id, grade: grade,
      condition: Condition(any: any, all: all, none: none, near: near), place: nowhere)
    rule.raises = raises
    rule.topic = topic.map { Topic(rawValue: $0) }
    rule.kind = kind
    rule.unit = unit.map { UnitName(rawValue: $0) }
    rule.assist = assist.map { UnitName(rawValue: $0) }
    rule.weight = weight
    rule.fields = fields
    return rule
  }
}

extension RuleBook {
  /// A rule book of these tests.
  static func sample(
    _ rules: Rule..., places: [String] = [], defaultUnit: String? = nil
  ) -> RuleBook {
    RuleBook(
      version: Version(rawValue: "0123456789ab"), rules: rules,
      places: places.map { Locality($0) }, defaultUnit: defaultUnit.map { UnitName(rawValue: $0) })
  }
}

extension Item {
  /// An item of an invented board.
  static func sample(_ title: String = "", body: String = "") -> Item {
    Item(
      id: ID(rawValue: "item-1"), feed: Feed.ID(rawValue: "qingchuan-board"),
      url: "https://board.example/1", title: title, body: body, published: .absent,
      foundAt: Instant(wall: WallTime(milliseconds: 0), boot: "boot", sinceBoot: 0),
      basis: .full)
  }
}

extension Judge {
  /// The verdict on a title and a body of the office's own area.
  func verdict(_ title: String = "", body: String = "") -> Verdict {
    verdict(on: .sample(title, body: body), from: .ours(nil))
  }
}

/// The original text under a piece of evidence.
func quoted(_ evidence: Evidence, in item: Item) -> String {
  let text = evidence.field == .title ? item.title : item.body
  let scalars = Array(text.unicodeScalars)[evidence.start..<evidence.end]
  return String(String.UnicodeScalarView(scalars))
}

/// Random numbers that are the same in every run (SplitMix64).
struct Dice: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}
