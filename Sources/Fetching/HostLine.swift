internal import Vocabulary

/// The requests to one server, one at a time and with a pause between them (单站排队).
///
/// robots.txt, redirects and pages all stand in it: to the server they are all requests of ours.
struct HostLine<Request> {
  private var waiting = Queue<Request>()
  /// Whether one is being looked up, connected or answered.
  private(set) var isBusy = false
  private var endedAt: Ticks?
  /// Until when the server asked to be left alone.
  private(set) var restsUntil: Ticks?
  /// What its robots.txt asks to be kept between two requests.
  var crawlDelay: Duration = .zero

  var isEmpty: Bool { waiting.isEmpty }
  var first: Request? { waiting.first }

  mutating func join(_ request: Request) { waiting.append(request) }
  mutating func takeFirst() -> Request? { waiting.takeFirst() }

  /// When the next request may start that wants this pause since the last one's end. The last fifth
  /// is drawn by lot, so that the requests of an office's feeds do not beat in time.
  func opensAt(pause: Duration, lot: Double) -> Ticks? {
    guard let endedAt else { return nil }
    let asked = max(pause, crawlDelay)
    return endedAt + asked + pause * (lot / 5)
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
    guard waiting.isEmpty, !isBusy, rest(at: now) == nil else { return false }
    guard let endedAt else { return true }
    return endedAt + .minutes(5) < now
  }
}
