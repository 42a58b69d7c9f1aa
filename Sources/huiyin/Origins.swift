import Storage
import Vocabulary

/// What is known of the place of an item before it is read (来源属地), for items that are stored and
/// for those that somebody gives by hand.
struct Origins {
  private let feeds: [Feed.ID: Origin]
  private let language: Language
  private var strangers: Set<String> = []

  init(_ setup: Setup) {
    let places = setup.ruleBook.places
    feeds = Dictionary(
      setup.feeds.map { ($0.id, $0.origin(among: places)) }, uniquingKeysWith: { first, _ in first }
    )
    language = setup.office.language
  }

  /// By its feed's place, and where the feed is gone from the set-up by what was known of it then.
  func origin(of stored: JudgedItem) -> Origin { origin(of: stored.item, by: stored.verdict) }

  /// The same of an item and its verdict.
  func origin(of item: Item, by verdict: Verdict) -> Origin {
    feeds[item.feed] ?? (verdict.ground == .ours ? .ours(nil) : .open)
  }

  /// For an item of a line: ours where it names no feed, else by its feed; a feed that is not in the
  /// set-up is told of once.
  mutating func origin(of feed: String?, line: Int) -> Origin {
    guard let feed else { return .ours(nil) }
    if let origin = feeds[Feed.ID(rawValue: feed)] { return origin }
    if strangers.insert(feed).inserted { Terminal.complain(stranger(feed, line: line)[language]) }
    return .open
  }

  private func stranger(_ feed: String, line: Int) -> Phrase {
    Phrase(
      zh: "第 \(line) 行：设置里没有编号为“\(feed)”的信源，按没有写 place 的信源研判",
      en: "line \(line): no feed \"\(feed)\" in the set-up; judged as of a feed without a place")
  }
}
