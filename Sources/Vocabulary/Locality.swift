/// One of the places an office answers for (辖区地名): its district, a town, a village, an estate.
package struct Locality: Sendable, Hashable {
  package var name: String
  /// What people call it as well (别称).
  package var aliases: [String]
  /// Who is its own unit there, such as the town (属地单位); nil where nobody is.
  package var unit: UnitName?
  /// The name of the locality in which it lies; nil where that is not said.
  package var parent: String?

  /// A place by its name.
  package init(
    _ name: String, aliases: [String] = [], unit: UnitName? = nil, in parent: String? = nil
  ) {
    self.name = name
    self.aliases = aliases
    self.unit = unit
    self.parent = parent
  }

  /// Whether a name is its own or an alias.
  package func isCalled(_ name: String) -> Bool { self.name == name || aliases.contains(name) }
}

/// Whose place an item is about (属地), as far as can be told.
package enum Ground: String, Sendable, Codable, CaseIterable {
  /// The office's own (本地).
  case ours
  /// Another's, and none of ours (外地).
  case another
  /// Nobody's: it names neither ours nor another's (属地不明).
  case unknown
  /// The city's or the province's in which the office lies (市级、省级事项).
  case above

  /// Whether anything of it may concern the office.
  package var mayBeOurs: Bool {
    switch self {
    case .ours, .unknown, .above: true
    case .another: false
    }
  }

  /// The ground as people read it.
  package var name: Phrase {
    switch self {
    case .ours: Phrase(zh: "本地", en: "ours")
    case .another: Phrase(zh: "外地", en: "another's")
    case .unknown: Phrase(zh: "属地不明", en: "place unknown")
    case .above: Phrase(zh: "上级事项", en: "of the city or province")
    }
  }
}

/// What is known of an item's place before it is read (来源属地): from its feed, or because somebody
/// gave it by hand.
package enum Origin: Sendable, Hashable {
  /// Its feed is about one of the office's places, by its name, or it was given by hand.
  case ours(String?)
  /// Its feed is about a place that is none of the office's.
  case another(String)
  /// Its feed has no place: what it names decides.
  case open
}
