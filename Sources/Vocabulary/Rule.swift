/// The name of what an item is about (问题类别), as the rule book writes it.
package struct Topic: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
  package var rawValue: String
  /// A topic by its name.
  package init(rawValue: String) { self.rawValue = rawValue }
  package var description: String { rawValue }
}

/// A part of an item that rules look into (字段).
package enum Field: String, CaseIterable, Sendable, Codable {
  case title
  case body
}

/// Where something stands in a file of the set-up.
package struct Place: Sendable, Hashable {
  /// The path as reached from `--config`.
  package var file: String
  /// From 1.
  package var line: Int
  /// In Unicode scalars, from 1.
  package var column: Int

  /// A place in a file.
  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// One rule (规则): which words must be there, which must not, and the grade that follows.
package struct Rule: Sendable, Hashable, Identifiable {
  /// The id a rule has in its file, unique in the rule book.
  package struct ID: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package var rawValue: String
    /// An id as it stands in the ledger.
    package init(rawValue: String) { self.rawValue = rawValue }
    package var description: String { rawValue }
  }

  /// A higher grade under a further condition (升级条件).
  package struct Raise: Sendable, Hashable {
    package var grade: Grade
    package var condition: Condition

    /// A raise to a grade.
    package init(grade: Grade, condition: Condition) {
      self.grade = grade
      self.condition = condition
    }
  }

  /// Which of two units leads, and the other assists (主办).
  package enum Leading: String, CaseIterable, Sendable, Codable {
    /// The department that the rule names.
    case department
    /// The unit of the place that the item names.
    case place
  }

  /// A text that shows what a rule is for (例句); it decides no verdict.
  package struct Example: Sendable, Hashable {
    package var text: String
    /// Whether the rule must match it, or must not.
    package var mustMatch: Bool
    package var place: Place

    /// A text at its place in a file.
    package init(_ text: String, mustMatch: Bool, place: Place) {
      self.text = text
      self.mustMatch = mustMatch
      self.place = place
    }
  }

  /// What a rule names for a unit whose matters are the city's or the province's (上级).
  package static let above = "上级"

  package var id: ID
  /// The rule's name as mails print it.
  package var name: String
  package var topic: Topic?
  package var kind: Kind?
  /// Who must act: a unit of the office by name, roles already resolved; nil for nobody in particular.
  package var unit: UnitName?
  /// Who assists (协办).
  package var assist: [UnitName]
  /// Who leads where the item names a place that has a unit of its own (主办).
  package var leads: Leading
  /// Whether what it finds is a matter of the city or the province (上级事项).
  package var isForAbove: Bool
  /// Whether it counts in items alone that are of the office's own area (属地条件).
  package var wantsOurs: Bool
  package var grade: Grade
  package var condition: Condition
  package var fields: Set<Field>
  package var raises: [Raise]
  /// How much the rule counts when several give a topic.
  package var weight: Int
  /// Texts that it must match, and must not.
  package var examples: [Example]
  package var place: Place

  /// A rule of its least parts.
  package init(id: ID, name: String, grade: Grade, condition: Condition, place: Place) {
    self.id = id
    self.name = name
    self.grade = grade
    self.condition = condition
    self.place = place
    self.assist = []
    self.leads = .department
    self.isForAbove = false
    self.wantsOurs = false
    self.fields = [.title, .body]
    self.raises = []
    self.weight = 1
    self.examples = []
  }
}

/// All the rules of an office (规则集), versioned.
package struct RuleBook: Sendable, Hashable {
  /// The first 12 hexadecimal digits of the SHA-256 of everything that decides a verdict.
  package struct Version: RawRepresentable, Hashable, Sendable, Codable, CustomStringConvertible {
    package var rawValue: String
    /// A version as it stands in the ledger.
    package init(rawValue: String) { self.rawValue = rawValue }
    package var description: String { rawValue }
  }

  package var version: Version
  package var rules: [Rule]
  /// What the office answers for (属地).
  package var places: [Locality]
  /// The province and the city in which the office lies, the larger first (所在省市).
  package var area: [String]
  /// Who gets what no rule's unit takes.
  package var defaultUnit: UnitName?

  /// A rule book of rules whose words are already spelled out.
  package init(
    version: Version, rules: [Rule], places: [Locality] = [], area: [String] = [],
    defaultUnit: UnitName? = nil
  ) {
    self.version = version
    self.rules = rules
    self.places = places
    self.area = area
    self.defaultUnit = defaultUnit
  }
}
