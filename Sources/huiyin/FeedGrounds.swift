import Vocabulary

/// Whether an item given by hand is about the office's own area (属地): where it names a feed, the
/// feed's place decides.
struct FeedGrounds {
  private let local: Set<String>
  private var known: Set<String>
  private let language: Language

  init(_ setup: Setup) {
    let places = setup.ruleBook.places
    local = Set(setup.feeds.filter { $0.isLocal(among: places) }.map(\.id.rawValue))
    known = Set(setup.feeds.map(\.id.rawValue))
    language = setup.office.language
  }

  /// The answer for the item of a line; a feed that is not in the set-up is told of once.
  mutating func isHere(_ feed: String?, line: Int) -> Bool {
    guard let feed else { return true }
    if known.insert(feed).inserted { Terminal.complain(stranger(feed, line: line)[language]) }
    return local.contains(feed)
  }

  private func stranger(_ feed: String, line: Int) -> Phrase {
    Phrase(
      zh: "第 \(line) 行：设置里没有编号为“\(feed)”的信源，按没有写 place 的信源研判",
      en: "line \(line): no feed \"\(feed)\" in the set-up; judged as of a feed without a place")
  }
}
