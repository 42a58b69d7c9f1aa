import Synchronization
import Vocabulary

/// What became of the pages behind a feed's links since somebody asked last (正文页读取情况).
struct PageTally: Sendable, Hashable {
  /// Whether one of them was read.
  var wasRead = false
  /// How many could not be, since the last that was.
  var unread = 0
}

/// The tallies of all feeds, on their way from the leads to the next reading of each feed's listing.
/// What is lost of them in a crash is counted anew.
final class PageTallies: Sendable {
  private let tallies = Mutex<[Feed.ID: PageTally]>([:])

  /// Counts a page; each that cannot be read is counted at its first attempt.
  func count(_ feed: Feed.ID, wasRead: Bool) {
    tallies.withLock { tallies in
      if wasRead {
        tallies[feed] = PageTally(wasRead: true)
      } else {
        tallies[feed, default: PageTally()].unread += 1
      }
    }
  }

  /// Takes a feed's tally.
  func take(of feed: Feed.ID) -> PageTally {
    tallies.withLock { $0.removeValue(forKey: feed) ?? PageTally() }
  }
}
