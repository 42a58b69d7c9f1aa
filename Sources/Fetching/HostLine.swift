internal import Vocabulary

/// The requests to one server, one at a time and with a pause between them (单站排队).
///
/// robots.txt, redirects and pages all stand in it: to the server they are all requests of ours.
/// A listing goes before the pages it has listed, or a host with many slow pages would not be seen
/// to have news; but those pages keep a share, or a host with many listings would never be read.
struct HostLine<Request> {
  /// So many listings in a row, and a page that waits has its turn.
  private static var listingsInARow: Int { 4 }

  private var listings = Queue<Request>()
  private var pages = Queue<Request>()
  private var listingsTaken = 0
  /// Whether one is being looked up, connected or answered.
  private(set) var isBusy = false
  private var endedAt: Ticks?
  /// Until when the server asked to be left alone.
  private(set) var restsUntil: Ticks?
  /// What its robots.txt asks to be kept between two requests.
  var crawlDelay: Duration = .zero
  /// How often in a row, less what has gone well since, it broke down under what was asked of it.
  private var strain = 0

  var isEmpty: Bool { listings.isEmpty && pages.isEmpty }
  var first: Request? { isPagesTurn ? pages.first : listings.first }

  mutating func join(_ request: Request, isListing: Bool) {
    if isListing { listings.append(request) } else { pages.append(request) }
  }

  mutating func takeFirst() -> Request? {
    guard !isPagesTurn else {
      listingsTaken = 0
      return pages.takeFirst()
    }
    listingsTaken += 1
    return listings.takeFirst()
  }

  private var isPagesTurn: Bool {
    guard !listings.isEmpty else { return true }
    return !pages.isEmpty && listingsTaken >= Self.listingsInARow
  }

  /// When the next request may start that wants this pause since the last one's end. The last fifth
  /// is drawn by lot, so that the requests of an office's feeds do not beat in time.
  func opensAt(pause: Duration, lot: Double) -> Ticks? {
    guard let endedAt else { return nil }
    let asked = max(pause * (1 << strain), crawlDelay)
    return endedAt + min(asked, max(Self.longestPause, pause, crawlDelay)) + pause * (lot / 5)
  }

  /// The most that a struggling server is spared.
  private static var longestPause: Duration { .seconds(60) }
  private static var mostStrain: Int { 5 }

  /// The server did not come along with the last request: each pause from here on is twice the one
  /// before, until it answers again, and then half of it for each answer.
  mutating func note(isStruggling: Bool) {
    strain = isStruggling ? min(strain + 1, Self.mostStrain) : max(strain - 1, 0)
  }

  mutating func begin() { isBusy = true }

  mutating func end(at now: Ticks) {
    isBusy = false
    endedAt = now
  }

  /// Ends a turn in which nothing was sent, so that nothing need be waited for.
  mutating func pass() { isBusy = false }

  mutating func rest(until time: Ticks) { restsUntil = max(restsUntil ?? time, time) }

  /// How long the server still wants to be left alone; nil where it does not.
  func rest(at now: Ticks) -> Duration? {
    guard let restsUntil, restsUntil > now else { return nil }
    return restsUntil - now
  }

  /// Whether nothing would be lost by forgetting it.
  func isForgettable(at now: Ticks) -> Bool {
    guard isEmpty, !isBusy, rest(at: now) == nil, strain == 0 else { return false }
    guard let endedAt else { return true }
    return endedAt + .minutes(5) < now
  }
}
