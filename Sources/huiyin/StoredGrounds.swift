import Storage
import Vocabulary

/// Whether a stored item is about the office's own area (属地): by its feed's place, and where the feed
/// is gone from the set-up by what was known of it then.
struct StoredGrounds {
  private let places: [Feed.ID: Bool]

  init(_ setup: Setup) {
    let known = setup.ruleBook.places
    places = Dictionary(
      setup.feeds.map { ($0.id, $0.isLocal(among: known)) }, uniquingKeysWith: { first, _ in first }
    )
  }

  /// Whether its feed has a place.
  func isHere(_ stored: JudgedItem) -> Bool { places[stored.item.feed] ?? stored.verdict.isOurs }
}
