import Storage
import Vocabulary

/// Taking in what officers mail (邮件录入).
extension Hearer {
  /// Takes a mail in as an item, judged and told like any other; false where it is none: only what an
  /// officer sends with 录入 in its subject is, and only where a feed waits for it. Of the sender nothing
  /// is kept.
  func enter(_ letter: Letter, saying text: String) throws -> Bool {
    guard let title = letter.entered, officer(at: letter.from) != nil,
      let feed = feed(named: title, in: text),
      let item = steps.enter(letter, text, feed, now)
    else { return false }
    _ = try ledger.insert(letter, text: nil, at: now)
    try take(item, to: feed)
    try keepState(of: feed)
    return true
  }

  private func take(_ item: Item, to feed: Feed) throws {
    let casework = Casework(generation: generation, feed: feed, now: now)
    // However old it is: somebody on duty wants it looked at now.
    guard let first = try ledger.item(item.id) else {
      _ = try casework.takeIn(item, .new, in: ledger)
      return
    }
    if first.feed == feed.id {
      // Mailed in once more it says nothing new, unless it says more.
      guard try !ledger.hasVersion(withTextOf: item) else { return }
      _ = try casework.complete(item, .new, in: ledger)
    } else if try !ledger.seen([item.id], by: feed.id).contains(item.id) {
      _ = try casework.takeIn(item, shownBefore: first, .new, in: ledger)
    }
  }

  /// The feed that the mail names, else the first that waits for mail.
  private func feed(named title: String, in text: String) -> Feed? {
    let feeds = generation.setup.feeds.filter { $0.kind == .mail && !$0.off }
    let named = feeds.first { feed in
      [feed.name, feed.id.rawValue].contains { title.hasPrefix($0) || text.contains("：\($0)\n") }
    }
    return named ?? feeds.first
  }

  private func keepState(of feed: Feed) throws {
    var state = FeedState.current(try ledger.feedState(feed.id), of: feed)
    state.firstReadAt = state.firstReadAt ?? now
    (state.lastPolledAt, state.lastSuccessAt) = (now.wall, now.wall)
    state.lastItemCount = (state.lastItemCount ?? 0) + 1
    try ledger.save(state)
  }
}
