/// How soon the responsible unit must hear of an item (舆情等级), least to gravest.
///
/// The bureau's regulation, chapter 6, names the three grades and lets content, public reaction
/// and media involvement decide.
package enum Grade: String, CaseIterable, Comparable, Sendable, Codable {
  /// Nothing for the office (无).
  case none
  /// One unit can answer it in the ordinary way (一般舆情).
  case general
  /// Many people, or people who cannot help themselves, suffer materially (较大舆情).
  case considerable
  /// Someone may be harmed before tomorrow, or has just been gravely harmed (重大舆情).
  case major

  package static func < (left: Grade, right: Grade) -> Bool {
    left.rank < right.rank
  }

  private var rank: Int {
    switch self {
    case .none: 0
    case .general: 1
    case .considerable: 2
    case .major: 3
    }
  }

  /// The grade as people read it, always with 舆情: the bare words are legal grades of accidents.
  package var name: Phrase {
    switch self {
    case .none: Phrase(zh: "无需预警", en: "none")
    case .general: Phrase(zh: "一般舆情", en: "general")
    case .considerable: Phrase(zh: "较大舆情", en: "considerable")
    case .major: Phrase(zh: "重大舆情", en: "major")
    }
  }
}
