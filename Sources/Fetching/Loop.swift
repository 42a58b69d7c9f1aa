internal import CCurl
internal import Glibc
internal import Vocabulary

/// The fetching thread (采集线程): everything under way, and the one place where it waits.
///
/// An errand goes robots.txt → line → name → place → flight, and back to the start for each redirect.
/// Nothing but `wait` ever blocks, and whatever can be slow without using anything (a line that
/// pauses, a name that is looked up) holds no place in flight: so the slow never delay the brisk.
/// No part of a turn goes through all that waits for it: some is done, and the rest in the next turn,
/// which then comes at once. All state belongs to this thread; callers speak to it through the inbox.
final class Loop {
  /// What the timetable wakes us for.
  enum Alarm {
    /// A host's pause is over.
    case line(String)
    /// Forgetting what is of no more use.
    case sweep
  }

  /// What those hear who waited for the same thing.
  enum News {
    case robots(Robots)
    case noRobots(Miss)
    case name(Names.Finding)
  }

  let inbox: Inbox
  let multi: Multi
  let limits: FetchLimits
  let version: String
  let authorities: String?
  let instant: @Sendable () -> Instant

  var manners: Manners
  var policy: AddressPolicy
  var userAgent: String

  var errands: [UInt64: Errand] = [:]
  var robots = RobotsShelf()
  var lines: [String: HostLine<Errand>] = [:]
  /// Errands at the head of their line that wait for a name, by that name.
  var nameless: [String: [Errand]] = [:]
  var news = Queue<(errand: Errand, news: News)>()
  var ready = Queue<(errand: Errand, addresses: [String])>()
  var flights: [OpaquePointer: Flight] = [:]
  var briskFlights = Queue<(flight: Flight, startedAt: Ticks)>()
  var stragglers = 0
  var hangar: [Flight] = []
  var forgotten: [String] = []

  let names: Names
  let sessions = SessionShelf()
  var alarms = Timetable<Alarm>()
  var now = Ticks.read()
  /// Whether a part of this turn has left something for the next.
  var hasMore = false
  private var sweeping = Sweep()
  private var sockets: [pollfd] = []
  private var isClosing = false
  private var closers: [CheckedContinuation<Void, Never>] = []

  init(
    _ manners: Manners, inbox: Inbox, multi: Multi, limits: FetchLimits, version: String,
    nameServers: String?, authorities: String?, now: @escaping @Sendable () -> Instant
  ) {
    self.inbox = inbox
    self.multi = multi
    self.limits = limits
    self.version = version
    self.authorities = authorities
    self.instant = now
    self.manners = manners
    policy = AddressPolicy(allowing: manners.allowPrivate)
    userAgent = Self.userAgent(version, manners)
    names = Names(patience: limits.name, nameServers: nameServers)
  }

  /// Runs until it is told to close.
  func run() {
    // libcurl is told to leave signals alone, and OpenSSL writes to connections that are gone: the
    // signal of that, which would end the whole daemon, is not let through to this thread.
    var signals = sigset_t()
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    alarms.add(.sweep, at: now + Self.betweenSweeps)
    while true {
      turn()
      guard !isClosing else { return close() }
      wait()
    }
  }

  /// A little of everything that can be done by now.
  func turn() {
    now = Ticks.read()
    hasMore = false
    obeyOrders(until: now + .milliseconds(1))
    guard !isClosing else { return }
    ring(until: now + .milliseconds(2))
    tell(until: now + .milliseconds(3))
    depart(until: now + .milliseconds(4))
    multi.watch.serve(multi.handle, until: now + .milliseconds(6))
    arrivals(until: now + .milliseconds(8))
  }

  private static let betweenSweeps: Duration = .minutes(1)
  /// How many of a kind are done before the time is looked at, or in one turn where they cost the most.
  /// The times in `turn` are those on the wall, because on a busy machine everything takes several
  /// times as long; each part does at least a handful, so that none waits for ever.
  static let handful = 16

  private func obeyOrders(until end: Ticks) {
    repeat {
      let orders = inbox.take(atMost: Self.handful)
      for order in orders { obey(order) }
      guard orders.count == Self.handful, !isClosing else { return }
    } while Ticks.read() < end
    hasMore = true
  }

  private func obey(_ order: Order) {
    switch order {
    case .fetch(let id, let request, let continuation): take(id, request, continuation)
    case .cancel(let id): cancel(id)
    case .read(let robots, let key): robotsRead(robots, of: key)
    case .adopt(let manners): adopt(manners)
    case .close(let closer):
      isClosing = true
      if let closer { closers.append(closer) }
    }
  }

  private func adopt(_ manners: Manners) {
    self.manners = manners
    policy = AddressPolicy(allowing: manners.allowPrivate)
    userAgent = Self.userAgent(version, manners)
  }

  /// Who we say we are: the truth, and where to complain.
  private static func userAgent(_ version: String, _ manners: Manners) -> String {
    let contact = manners.contact.map { " (+mailto:\($0))" } ?? ""
    return "Huiyin/\(version)\(contact)"
  }

  /// Whatever is left is due, so that the wait that follows is none.
  private func ring(until end: Ticks) {
    while let alarm = alarms.takeDue(at: now) {
      switch alarm {
      case .line(let key): advance(key)
      case .sweep: sweep()
      }
      guard Ticks.read() < end else { return }
    }
  }

  private func sweep() {
    if sweeping.isEmpty {
      sweeping = Sweep(names: names.swept, robots: robots.swept, lines: Array(lines.keys))
    }
    for name in sweeping.names.next() { names.sweep(name, at: now) }
    for key in sweeping.robots.next() { robots.sweep(key, at: now) }
    for key in sweeping.lines.next() where lines[key]?.isForgettable(at: now) == true {
      lines[key] = nil
    }
    guard sweeping.isEmpty else { return alarms.add(.sweep, at: now + .milliseconds(1)) }
    names.refresh()
    alarms.add(.sweep, at: now + Self.betweenSweeps)
  }

  /// Waits for bytes, names, orders or the next alarm, whichever comes first.
  private func wait() {
    names.sockets(into: &sockets)
    multi.watch.wait(patience, also: &sockets)
    names.turn(sockets)
  }

  /// For how long nothing need be done, in milliseconds.
  private var patience: Int32 {
    guard !hasMore, !names.hasMore, news.isEmpty else { return 0 }
    let until = [alarms.soonest, names.wakeAt, placeFreedAt].compactMap(\.self).min()
    var milliseconds = until.map { max(0, ($0 - Ticks.read()).inMilliseconds) } ?? 60_000
    // c-ares repeats its questions only when it is given a turn.
    if names.isAsking { milliseconds = min(milliseconds, 100) }
    if let wanted = multi.timeout { milliseconds = min(milliseconds, wanted) }
    return Int32(min(milliseconds, 60_000))
  }

  private func close() {
    for (easy, flight) in flights {
      curl_multi_remove_handle(multi.handle, easy)
      flight.ended()
    }
    flights = [:]
    hangar = []
    for errand in errands.values { finish(errand, .failure(.closed(errand.request.url))) }
    for order in inbox.take(atMost: .max) { refuse(order) }
    for closer in closers { closer.resume() }
  }

  private func refuse(_ order: Order) {
    switch order {
    case .fetch(_, let request, let continuation):
      continuation.resume(returning: .failure(.closed(request.url)))
    case .close(let closer): closer?.resume()
    case .cancel, .read, .adopt: break
    }
  }
}
