internal import CCurl
internal import Glibc
internal import Vocabulary

/// The fetching thread (采集线程): everything under way, and the one place where it waits.
///
/// An errand goes robots.txt → line → name → place → flight, and back to the start for each redirect.
/// Nothing but `wait` ever blocks, and whatever can be slow without using anything (a line that
/// pauses, a name that is looked up) holds no place in flight: so the slow never delay the brisk.
/// All state belongs to this thread; callers speak to it through the inbox.
final class Loop {
  /// What the timetable wakes us for.
  enum Alarm {
    /// A host's pause is over.
    case line(String)
    /// Forgetting what is of no more use.
    case sweep
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
  private var sockets: [curl_waitfd] = []
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
      now = Ticks.read()
      obeyOrders()
      guard !isClosing else { return close() }
      ring()
      for (name, finding) in names.ended(at: now) { named(name, finding) }
      depart()
      multi.watch.serve(multi.handle)
      arrivals()
      wait()
    }
  }

  private static let betweenSweeps: Duration = .minutes(1)
  /// How long a part of a turn goes on while others wait for theirs: a round of ten thousand feeds is
  /// ordered in one moment, and what is under way must not wait for all of it. A time and not a number,
  /// because on a busy machine everything takes several times as long.
  static let slice: Duration = .milliseconds(3)

  private func obeyOrders() {
    let until = now + Self.slice
    repeat {
      let orders = inbox.take(atMost: 8)
      for order in orders { obey(order) }
      guard orders.count == 8, !isClosing else { return }
    } while Ticks.read() < until
    inbox.wake()
  }

  private func obey(_ order: Order) {
    switch order {
    case .fetch(let id, let request, let continuation): take(id, request, continuation)
    case .cancel(let id): cancel(id)
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
  private func ring() {
    let until = Ticks.read() + Self.slice
    while Ticks.read() < until, let alarm = alarms.takeDue(at: now) {
      switch alarm {
      case .line(let key): advance(key)
      case .sweep: sweep()
      }
    }
  }

  private func sweep() {
    names.sweep(at: now)
    robots.sweep(at: now)
    lines = lines.filter { !$0.value.isForgettable(at: now) }
    alarms.add(.sweep, at: now + Self.betweenSweeps)
  }

  /// Waits for bytes, names, orders or the next alarm, whichever comes first.
  private func wait() {
    names.sockets(into: &sockets)
    let until = [alarms.soonest, names.wakeAt, placeFreedAt].compactMap(\.self).min()
    var milliseconds = until.map { max(0, ($0 - Ticks.read()).inMilliseconds) } ?? 60_000
    // c-ares repeats its questions only when it is given a turn.
    if names.isAsking { milliseconds = min(milliseconds, 100) }
    curl_multi_poll(
      multi.handle, &sockets, UInt32(sockets.count), Int32(min(milliseconds, 60_000)), nil)
    names.turn(sockets)
    // A turn looks at every transfer, whatever moved: while there are many, let more of them move.
    if flights.count > Self.few { usleep(1_000) }
  }

  private static let few = 16

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
    case .cancel, .adopt: break
    }
  }
}
